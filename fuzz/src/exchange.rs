//! Translations on their way out and back.

use arbitrary::Arbitrary;

use crate::oracle::sheet::{FORMS, Form, Line, Sheet, Written, is_read_or_refused};
use crate::text::Text;

/// What a catalog with its translations is made from.
#[derive(Debug, Arbitrary)]
pub struct AnySheet {
    errors: Vec<(AnyLine, AnyLine, Option<AnyLine>)>,
    form: AnyForm,
    crlf: bool,
}

#[derive(Debug, Arbitrary)]
struct AnyLine {
    source: Text,
    before: Text,
    written: Option<(Text, Option<bool>)>,
}

#[derive(Debug, Clone, Copy, Arbitrary)]
enum AnyForm {
    Header,
    Sparse,
    Dotted,
    Inline,
}

impl AnyLine {
    fn build(&self) -> Line {
        let written = self.written.as_ref().map(|(text, of)| Written { text: text.filled(), of: *of });
        (self.source.filled(), self.before.filled(), written)
    }
}

impl AnySheet {
    /// The catalog.
    fn build(&self) -> Sheet {
        let form = match self.form {
            AnyForm::Header => Form::Header,
            AnyForm::Sparse => Form::Sparse,
            AnyForm::Dotted => Form::Dotted,
            AnyForm::Inline => Form::Inline,
        };
        let errors =
            self.errors.iter().map(|(a, b, c)| (a.build(), b.build(), c.as_ref().map(AnyLine::build)));
        Sheet::new(&errors.collect::<Vec<_>>(), form, self.crlf)
    }

    /// It goes out and comes back as it was, and what is damaged on the way is read or refused.
    ///
    /// # Panics
    /// Where it is not.
    pub fn comes_back(&self, damage: &[(u16, Text)]) {
        let sheet = self.build();
        sheet.comes_out_as_it_went_in();
        sheet.comes_back_unchanged();
        if damage.is_empty() {
            return;
        }
        for form in FORMS {
            let mut text = sheet.export(form);
            for (at, piece) in damage {
                let at = text.floor_char_boundary(usize::from(*at) % (text.len() + 1));
                text.insert_str(at, &piece.0);
            }
            takes_or_refuses(&sheet, &text);
        }
    }
}

/// Any file is imported into a small catalog or refused.
///
/// # Panics
/// Where it is neither.
pub fn is_imported_or_refused(text: &str) {
    let line = |text: &str| (text.to_owned(), format!("{text}?"), None);
    let translated = Some(Written { text: "x".to_owned(), of: Some(false) });
    let stale = ("二".to_owned(), "2".to_owned(), translated);
    let errors = [(line("一"), stale, Some(line("三"))), (line("四"), line("五"), None)];
    takes_or_refuses(&Sheet::new(&errors, Form::Header, false), text);
}

/// Once a file is imported, it has nothing to bring any more.
fn takes_or_refuses(sheet: &Sheet, text: &str) {
    for units in is_read_or_refused(text) {
        let Ok(imported) = sheet.import(&units) else {
            continue;
        };
        if let Some(file) = imported.text {
            let after = Sheet { file, ..sheet.clone() };
            assert_eq!(after.import(&units).map(|again| again.text), Ok(None), "{}", after.file);
        }
    }
}
