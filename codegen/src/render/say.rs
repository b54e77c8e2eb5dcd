//! The strings of a locale as templates ask for them: `t("key", name=value)`.

use std::collections::HashMap;
use std::sync::Arc;

use minijinja::value::{Kwargs, Object, ObjectRepr, Value, from_args};
use minijinja::{Error, ErrorKind, State};

use super::ui::Strings;

/// The function `t`.
pub(super) fn translator(strings: Strings) -> Value {
    let whole = strings.whole().map(|(key, text)| (key.to_owned(), text.into())).collect();
    Value::from_object(Translator { strings, whole })
}

/// A function of its own, as most strings are the same wherever they are asked for: of those there is
/// one value each.
#[derive(Debug)]
struct Translator {
    strings: Strings,
    whole: HashMap<String, Value>,
}

impl Object for Translator {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn call(self: &Arc<Self>, _: &mut State<'_, '_>, arguments: &[Value]) -> Result<Value, Error> {
        if let [key] = arguments {
            if let Some(text) = key.as_str().and_then(|key| self.whole.get(key)) {
                return Ok(text.clone());
            }
        }
        let (key, values): (&str, Kwargs) = from_args(arguments)?;
        let mut pairs = Vec::new();
        for name in values.args() {
            let value: Value = values.get(name)?;
            pairs.push((name.to_owned(), value.to_string()));
        }
        let missing = || Error::new(ErrorKind::InvalidOperation, format!("there is no string `{key}`"));
        self.strings.get(key, &pairs).map(Value::from).ok_or_else(missing)
    }
}
