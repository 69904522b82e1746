//! A question of a bank as it is typed and as it is read.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::typed::line;
use super::{LONGEST_TEXT, number};
use crate::error::{AppError, Fields, Problem};
use crate::licences::model::LicenceKind;
use crate::text::paragraph;

/// Answers of a question at most; two at least.
pub const OPTIONS: usize = 4;

/// A question with its answers, every value read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionTexts {
    pub kind: LicenceKind,
    /// The renewal module whose test asks it; `None` for the test of its kind's programmes.
    pub module: Option<Uuid>,
    pub topic: String,
    pub stem_ar: String,
    pub stem_en: String,
    /// (Arabic, English), in the order typed; a test shuffles them.
    pub options: Vec<(String, String)>,
    /// Place of the right one in `options`.
    pub correct: usize,
}

/// A question as forms and files spell it. Field names are those of the form and of the file's columns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypedQuestion {
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub topic: String,
    #[serde(default)]
    pub stem_ar: String,
    #[serde(default)]
    pub stem_en: String,
    #[serde(default)]
    pub option1_ar: String,
    #[serde(default)]
    pub option1_en: String,
    #[serde(default)]
    pub option2_ar: String,
    #[serde(default)]
    pub option2_en: String,
    #[serde(default)]
    pub option3_ar: String,
    #[serde(default)]
    pub option3_en: String,
    #[serde(default)]
    pub option4_ar: String,
    #[serde(default)]
    pub option4_en: String,
    /// Number of the right answer, from 1.
    #[serde(default)]
    pub correct: String,
    /// Id of the renewal module; empty for the bank of the kind.
    #[serde(default)]
    pub module: String,
}

/// Names of the inputs of the answers: (Arabic, English).
pub const OPTION_INPUTS: [(&str, &str); OPTIONS] = [
    ("option1_ar", "option1_en"),
    ("option2_ar", "option2_en"),
    ("option3_ar", "option3_en"),
    ("option4_ar", "option4_en"),
];

impl TypedQuestion {
    /// As a form that mends a question shows it.
    pub fn of(texts: &QuestionTexts) -> Self {
        let option = |place: usize| texts.options.get(place).cloned().unwrap_or_default();
        let [(option1_ar, option1_en), (option2_ar, option2_en), (option3_ar, option3_en), (option4_ar, option4_en)] =
            [0, 1, 2, 3].map(option);
        Self {
            kind: texts.kind.code().to_owned(),
            topic: texts.topic.clone(),
            stem_ar: texts.stem_ar.clone(),
            stem_en: texts.stem_en.clone(),
            option1_ar,
            option1_en,
            option2_ar,
            option2_en,
            option3_ar,
            option3_en,
            option4_ar,
            option4_en,
            correct: (texts.correct + 1).to_string(),
            module: texts.module.map(|module| module.to_string()).unwrap_or_default(),
        }
    }

    /// The answers as typed, (Arabic, English).
    pub fn options(&self) -> [(&str, &str); OPTIONS] {
        [
            (&self.option1_ar, &self.option1_en),
            (&self.option2_ar, &self.option2_en),
            (&self.option3_ar, &self.option3_en),
            (&self.option4_ar, &self.option4_en),
        ]
    }

    /// Reads every value.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with what is wrong, by field.
    pub fn read(&self) -> Result<QuestionTexts, AppError> {
        let mut fields = Fields::default();
        let kind = fields.take("kind", LicenceKind::from_code(self.kind.trim()).ok_or(Problem::ChoiceUnknown));
        let module = match self.module.trim() {
            "" => None,
            module => fields.take("module", Uuid::parse_str(module).map_err(|_| Problem::ModuleUnknown)),
        };
        let topic = self.topic.trim().to_owned();
        if topic.is_empty() {
            fields.refuse("topic", Problem::Required);
        }
        let stem_ar = fields.take("stem_ar", paragraph(&self.stem_ar, LONGEST_TEXT));
        let stem_en = fields.take("stem_en", paragraph(&self.stem_en, LONGEST_TEXT));
        let mut options: Vec<(String, String)> = Vec::new();
        for (place, ((ar, en), names)) in self.options().into_iter().zip(OPTION_INPUTS).enumerate() {
            // The last answers may be missing, none in between.
            let given = self.options()[place..].iter().any(|(ar, en)| !ar.trim().is_empty() || !en.trim().is_empty());
            if place >= 2 && !given {
                break;
            }
            let (ar, en) = (fields.take(names.0, line(ar)), fields.take(names.1, line(en)));
            if let (Some(ar), Some(en)) = (ar, en) {
                if options.iter().any(|(one, other)| *one == ar || *other == en) {
                    fields.refuse(names.0, Problem::SameTwice);
                }
                options.push((ar, en));
            }
        }
        let most = i64::try_from(options.len().max(2)).unwrap_or(2);
        let correct = fields.take("correct", number::<i64>(&self.correct, 1, most));
        fields.finish()?;
        let read = || {
            let correct = usize::try_from(correct? - 1).ok()?;
            Some(QuestionTexts { kind: kind?, module, topic, stem_ar: stem_ar?, stem_en: stem_en?, options, correct })
        };
        read().ok_or(AppError::Malformed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> TypedQuestion {
        let texts = QuestionTexts {
            kind: LicenceKind::Practitioner,
            module: Some(Uuid::from_u128(7)),
            topic: "law".to_owned(),
            stem_ar: "سؤال".to_owned(),
            stem_en: "Question".to_owned(),
            options: vec![("أ".to_owned(), "A".to_owned()), ("ب".to_owned(), "B".to_owned())],
            correct: 1,
        };
        let typed = TypedQuestion::of(&texts);
        assert_eq!(typed.read(), Ok(texts));
        typed
    }

    #[test]
    fn the_right_answer_is_one_of_those_given() {
        let wrong = TypedQuestion { correct: "3".to_owned(), ..typed() };
        assert_eq!(wrong.read(), Err(Problem::NumberInvalid.on("correct")));
        let empty = TypedQuestion { option4_ar: "د".to_owned(), ..typed() };
        let Err(AppError::Invalid(problems)) = empty.read() else { panic!("read") };
        let fields: Vec<&str> = problems.iter().map(|one| one.field.as_str()).collect();
        assert_eq!(fields, ["option3_ar", "option3_en", "option4_en"]);
    }

    #[test]
    fn a_module_is_named_by_its_id_or_not_at_all() {
        let bank = TypedQuestion { module: " ".to_owned(), ..typed() };
        assert_eq!(bank.read().map(|texts| texts.module), Ok(None));
        let wrong = TypedQuestion { module: "news".to_owned(), ..typed() };
        assert_eq!(wrong.read(), Err(Problem::ModuleUnknown.on("module")));
    }

    #[test]
    fn no_answer_is_given_twice() {
        let twice = TypedQuestion { option2_ar: "أ".to_owned(), ..typed() };
        assert_eq!(twice.read(), Err(Problem::SameTwice.on("option2_ar")));
    }
}
