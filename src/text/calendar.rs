//! The names of months and days of the week, for whoever reads a date or writes one.
//!
//! English names as they stand in prose, and the names of the months in the languages that pages print their dates in.

use jiff::civil::Weekday;

/// January to December.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The months in other languages, as they stand in dates: German, French, Spanish, Italian, Portuguese, Catalan, Dutch, the
/// Scandinavian languages, Finnish, Polish, Czech, Slovak, Hungarian, Romanian, Greek, Turkish, Russian, Ukrainian,
/// Bulgarian, Indonesian, Arabic (both sets) and Hebrew.
const MONTHS_ABROAD: [&str; 12] = [
    "januar jänner jaenner gener janvier enero gennaio janeiro januari tammikuu stycznia styczeń ledna leden januára január \
     január ianuarie ιανουαρίου ocak января январь січня януари يناير كانون ינואר",
    "februar feber febrer février fevrier febrero febbraio fevereiro februari helmikuu lutego luty února únor februára \
     február februarie φεβρουαρίου şubat subat февраля февраль лютого февруари فبراير شباط פברואר",
    "märz maerz mrz marts març mars marzo março marco maart maaliskuu marca marzec března březen marec március martie μαρτίου mart \
     марта март березня maret مارس آذار מרץ מרס",
    "april avril abril aprile huhtikuu kwietnia kwiecień dubna duben apríla április aprilie απριλίου nisan апреля \
     апрель квітня април أبريل ابريل نيسان אפריל",
    "mai maig mayo maggio maio mei maj maja toukokuu května květen mája máj május μαΐου mayıs mayis мая май травня مايو \
     أيار מאי",
    "juni juny juin junio giugno junho kesäkuu czerwca czerwiec června červen júna jún június iunie ιουνίου haziran июня \
     июнь червня юни يونيو حزيران יוני",
    "juli juliol juillet julio luglio julho heinäkuu lipca lipiec července červenec júla júl július iulie ιουλίου temmuz июля \
     июль липня юли يوليو تموز יולי",
    "august agost août aout agosto augustus augusti elokuu sierpnia sierpień srpna srpen augusta augusztus αυγούστου ağustos \
     agustos августа август серпня agustus أغسطس اغسطس آب אוגוסט",
    "september setembre septembre septiembre setiembre settembre setembro syyskuu września wrzesień září septembra szeptember \
     septembrie σεπτεμβρίου eylül eylul сентября сентябрь вересня септември سبتمبر أيلول ספטמבר",
    "oktober octobre octubre ottobre outubro lokakuu października październik října říjen októbra október octombrie \
     οκτωβρίου ekim октября октябрь жовтня октомври أكتوبر اكتوبر אוקטובר",
    "november novembre noviembre novembro marraskuu listopada listopad listopadu novembra noiembrie νοεμβρίου kasım \
     kasim ноября ноябрь листопада ноември نوفمبر נובמבר",
    "dezember décembre decembre diciembre dicembre dezembro december desember joulukuu grudnia grudzień prosince \
     prosinec decembra decembrie δεκεμβρίου aralık aralik декабря декабрь грудня декември ديسمبر דצמבר",
];

/// Monday to Sunday.
pub const WEEKDAYS: [(&str, Weekday); 7] = [
    ("Monday", Weekday::Monday),
    ("Tuesday", Weekday::Tuesday),
    ("Wednesday", Weekday::Wednesday),
    ("Thursday", Weekday::Thursday),
    ("Friday", Weekday::Friday),
    ("Saturday", Weekday::Saturday),
    ("Sunday", Weekday::Sunday),
];

/// The number of the first month, 1 to 12, whose name starts with `word`, whatever its case; `None` for fewer than
/// three letters.
///
/// ```
/// use throughline::text::calendar::month;
/// assert_eq!(month("apr"), Some(4));
/// assert_eq!(month("April"), Some(4));
/// assert_eq!(month("ma"), None);
/// ```
pub fn month(word: &str) -> Option<i8> {
    let idx = MONTHS.iter().position(|name| starts(name, word))?;
    i8::try_from(idx + 1).ok()
}

/// The number of the month that a word of a printed date names in English or another language, in full or cut to three
/// letters and more, whatever its case. For words beside a day in digits: in prose too many words start like a month.
///
/// ```
/// use throughline::text::calendar::month_abroad;
/// assert_eq!(month_abroad("août"), Some(8));
/// assert_eq!(month_abroad("Okt"), Some(10));
/// assert_eq!(month_abroad("toukokuuta"), Some(5));
/// assert_eq!(month_abroad("ou"), None);
/// ```
pub fn month_abroad(word: &str) -> Option<i8> {
    if let Some(month) = month(word) {
        return Some(month);
    }
    let word = word.to_lowercase();
    let is_long = word.chars().count() >= 3;
    let is_one = |name: &str| name == word || is_long && (name.starts_with(&word) || is_finnish(name, &word));
    let idx = MONTHS_ABROAD.iter().position(|names| names.split_whitespace().any(is_one))?;
    i8::try_from(idx + 1).ok()
}

/// Finnish dates print the month with an ending: "3. toukokuuta 2019".
fn is_finnish(name: &str, word: &str) -> bool {
    name.ends_with("kuu") && word.strip_prefix(name) == Some("ta")
}

/// The day of the week whose name starts with `word`, whatever its case; `None` for fewer than three letters.
pub fn weekday(word: &str) -> Option<Weekday> {
    WEEKDAYS.iter().find(|(name, _)| starts(name, word)).map(|(_, weekday)| *weekday)
}

/// Is `word` the name of a month or a day in full, whatever its case?
pub fn is_full(word: &str) -> bool {
    MONTHS.iter().chain(WEEKDAYS.iter().map(|(name, _)| name)).any(|name| name.eq_ignore_ascii_case(word))
}

fn starts(name: &str, word: &str) -> bool {
    let is_first = |word: &[u8]| word.first().map(u8::to_ascii_uppercase) == name.as_bytes().first().copied();
    // Nearly all words fail on their first letter.
    word.len() >= 3
        && is_first(word.as_bytes())
        && name.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_in_full_and_short() {
        assert_eq!((month("MAY"), month("sept"), month("marches"), month("é")), (Some(5), Some(9), None, None));
        assert_eq!(
            (weekday("thu"), weekday("Sunday"), weekday("su")),
            (Some(Weekday::Thursday), Some(Weekday::Sunday), None)
        );
        assert_eq!((month_abroad("MÄR"), month_abroad("września"), month_abroad("آب")), (Some(3), Some(9), Some(8)));
        assert_eq!((month_abroad("and"), month_abroad("Sept"), month_abroad("mayonnaise")), (None, Some(9), None));
        assert!(is_full("friday") && !is_full("fri"));
    }
}
