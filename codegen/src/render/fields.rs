//! Named values for templates.

use std::sync::Arc;

use minijinja::value::{Enumerator, Object, Value};

/// Values by their names. The maps of minijinja copy each name into every table; there are dozens of
/// tables on a page, and these are in the program.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fields(Vec<(&'static str, Value)>);

impl Fields {
    /// Adds a value, in the place of the one that has the name already.
    pub(crate) fn insert(&mut self, name: &'static str, value: Value) {
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name, value)),
        }
    }
}

impl<const N: usize> From<[(&'static str, Value); N]> for Fields {
    fn from(fields: [(&'static str, Value); N]) -> Self {
        Self(Vec::from(fields))
    }
}

impl Extend<(&'static str, Value)> for Fields {
    fn extend<I: IntoIterator<Item = (&'static str, Value)>>(&mut self, fields: I) {
        fields.into_iter().for_each(|(name, value)| self.insert(name, value));
    }
}

impl IntoIterator for Fields {
    type Item = (&'static str, Value);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl From<Fields> for Value {
    fn from(fields: Fields) -> Self {
        Self::from_object(fields)
    }
}

impl Object for Fields {
    fn get_value(self: &Arc<Self>, name: &Value) -> Option<Value> {
        self.get_value_by_str(name.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, name: &str) -> Option<Value> {
        // Most are told apart by how they start, if not by their length.
        let is_it = |known: &str| known.as_bytes().first() == name.as_bytes().first() && known == name;
        self.0.iter().find(|(known, _)| is_it(known)).map(|(_, value)| value.clone())
    }

    /// In the order of the names, as tables of templates are.
    fn enumerate(self: &Arc<Self>) -> Enumerator {
        let mut names: Vec<_> = self.0.iter().map(|(name, _)| *name).collect();
        names.sort_unstable();
        Enumerator::Values(names.into_iter().map(Value::from).collect())
    }

    fn enumerator_len(self: &Arc<Self>) -> Option<usize> {
        Some(self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use minijinja::Environment;

    use super::*;

    #[test]
    fn templates_see_a_table_with_each_name_once() {
        let mut fields = Fields::from([("size", 1.into()), ("code", 2.into())]);
        fields.extend([("code", 3.into()), ("also", 4.into())]);
        let value = Value::from(fields);
        let environment = Environment::new();
        let render = |template: &str| environment.render_str(template, &value).unwrap();
        assert_eq!(render("{{ code }} {{ size }} {{ other }}"), "3 1 ");
        let listed = environment.render_str(
            "{% for name, value in fields | items %}{{ name }}={{ value }} {% endfor %}{{ fields | length }}",
            Value::from(Fields::from([("fields", value.clone())])),
        );
        assert_eq!(listed.unwrap(), "also=4 code=3 size=1 3");
        assert_eq!(value.to_string(), "{'also': 4, 'code': 3, 'size': 1}");
    }
}
