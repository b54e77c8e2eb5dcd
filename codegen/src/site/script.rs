//! Our scripts as they are served.

/// A script without comments that have lines of their own, indentation and empty lines. Those must not
/// stand in a template of several lines; nothing within a line is touched.
pub(super) fn lean(script: &str) -> String {
    let is_comment = |line: &str| line.starts_with("//") || line.starts_with("/**") && line.ends_with("*/");
    let lines = script.lines().map(str::trim).filter(|line| !line.is_empty() && !is_comment(line));
    lines.flat_map(|line| [line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::Templates;

    #[test]
    fn of_a_script_only_comments_and_indentation_go() {
        let templates = Templates::default();
        let scripts: Vec<_> = templates.assets().filter(|(name, _)| name.ends_with(".js")).collect();
        assert_eq!(scripts.len(), 5);
        for (name, script) in scripts {
            let mut served = lean(script);
            for line in script.lines() {
                // What of a line does not stand by itself would be changed.
                assert!(
                    line.matches('`').filter(|_| !line.contains("[`´")).count() % 2 == 0,
                    "{name}: {line}"
                );
                let line = line.trim();
                if line.starts_with("//") || line.starts_with("/*") {
                    assert!(
                        line.starts_with("//") || line.find("*/") == Some(line.len() - 2),
                        "{name}: {line}"
                    );
                } else if !line.is_empty() {
                    let rest = served.strip_prefix(line).and_then(|rest| rest.strip_prefix('\n'));
                    served = rest.unwrap_or_else(|| panic!("{name}: {line}")).to_owned();
                }
            }
            assert_eq!(served, "", "{name}");
        }
        assert_eq!(lean("  // a\n/** b */\n\n\tc(); // d\n/** e */ f\n"), "c(); // d\n/** e */ f\n");
    }
}
