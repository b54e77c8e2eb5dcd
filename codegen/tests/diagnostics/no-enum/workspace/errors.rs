// Nothing for this catalog.
pub enum Other {}
