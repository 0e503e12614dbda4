//! Writes the first inputs of each target, made from the good files of the tests, into `corpus/TARGET`. Knows nothing of the program, so that it
//! is built in a moment.

#![expect(clippy::expect_used, reason = "a tool that fails says so and ends")]

use std::fs;
use std::path::Path;

#[path = "../../../broken/good.rs"]
#[allow(dead_code, reason = "the tests use the rest of it")]
mod good;

use self::good::{docx_document, epub_chapter, good_files, odt_content};

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus");
    let add = |target: &str, name: &str, bytes: &[u8]| {
        let folder = folder.join(target);
        fs::create_dir_all(&folder).expect("a folder for the target");
        fs::write(folder.join(name), bytes).expect("a file of the corpus");
    };
    let chosen = |first: u8, bytes: &[u8]| [&[first], bytes].concat();
    let plain = good_files().into_iter().find(|file| file.name == "plain.txt").map(|file| file.bytes).unwrap_or_default();
    for file in good_files() {
        let (name, bytes) = (file.name.as_str(), file.bytes.as_slice());
        match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
            "txt" => {
                add("text", name, &chosen(0, bytes));
                add("export", name, bytes);
                for label in 0..16 {
                    add("decode", &format!("{label}-{name}"), &chosen(label, bytes));
                }
                add("pipeline", name, &[bytes, b"\x01", &plain].concat());
            }
            "md" => add("text", name, &chosen(1, bytes)),
            "html" => {
                add("html", name, bytes);
                add("pipeline", name, &[&plain, b"\x01".as_slice(), &plain, b"\x01", bytes].concat());
            }
            "rtf" => add("rtf", name, bytes.get(6..).unwrap_or_default()),
            "pdf" => add("pdf", name, bytes.get(9..).unwrap_or_default()),
            "eml" => add("mail", name, &chosen(0, bytes)),
            "mhtml" => add("mail", name, &chosen(1, bytes)),
            "docx" => add("package", name, &chosen(3, bytes.get(4..).unwrap_or_default())),
            "odt" => add("package", name, &chosen(4, bytes.get(4..).unwrap_or_default())),
            "epub" => add("package", name, &chosen(5, bytes.get(4..).unwrap_or_default())),
            _ => {}
        }
        add("frames", name, &[b"{\"file_name\":\"a\",\"encoding\":null}\0".as_slice(), bytes].concat());
    }
    for (idx, xml) in [docx_document(), odt_content(), epub_chapter()].iter().enumerate() {
        let kind = u8::try_from(idx).unwrap_or_default();
        add("package", &format!("xml-{kind}"), &chosen(kind, xml.as_bytes()));
    }
    let dates = [
        "Wednesday, 19 June 2024, 09:12", "Jan. 29, 2023", "2018-04-26T09:00:00Z", "26.04.2018", "06/09/2017 at 4:30 pm",
        "November 8-9", "on Monday", "last December", "in 2000 and 2007", "26 de abril de 2018", "2018年4月26日", "3 May",
        "next year", "President Moon", "the sixth nuclear test", "SEOUL, Jan. 29 (Yonhap) --",
    ];
    for (idx, words) in dates.iter().enumerate() {
        add("dates", &idx.to_string(), words.as_bytes());
    }
    let clusters = [
        r#"{"id":"0000000000000001","cluster":7,"size":2,"begin":1,"end":18,"text":"Wé widen the pier","uid":-3}"#,
        r#"{"id":"0000000000000002","cluster":7,"size":2,"begin":7,"end":24,"text":" wé widen the pie","pboiler":0.0}"#,
        r#"{"id":"0000000000000001","cluster":"b","begin":24,"end":32,"text":"she said"}"#,
        r#"{"id":"0000000000000002","cluster":"b","begin":26,"end":34}"#,
    ];
    add("clusters", "pairs", clusters.join("\n").as_bytes());
    let lines = [
        r#"{"kind":"date","key":3,"value":{"first":"2021-05-04","last":"2021-05-04"}}"#,
        r#"{"kind":"pin","key":0,"value":7}"#,
        r#"{"kind":"codebook","key":null,"value":{"toml":"","origin":"x","says":""}}"#,
        r#"{"step":1,"says":"Opened","at":"2023-11-14T22:13:20Z","done":true,"command":{"RemoveDocuments":[1]}}"#,
        r#"{"step":2,"says":"","at":null,"done":true,"command":{"InsertDocuments":[[0,"set-aside/0001-a.txt"]]}}"#,
        r#"{"step":3,"says":"","at":7,"done":false,"command":{"Restore":{"documents":["articles/0001-a.txt"],"decisions":[{"kind":"pin","key":0,"value":7}]}}}"#,
    ];
    for (idx, line) in lines.iter().enumerate() {
        add("portable", &idx.to_string(), line.as_bytes());
    }
    add("portable", "all", lines.join("\n").as_bytes());
    add("salvage", "row", &database(20, &[]));
    add("salvage", "chain", &database(1_500, &[3, 4, 0]));
    add("salvage", "ring", &database(1_500, &[3, 4, 2]));
    add("salvage", "headless", &[&[0; 100][..], database(20, &[]).get(100..).unwrap_or_default()].concat());
    let codebook = include_str!("../../../../assets/codebooks/nato-dprk.toml");
    // Entries are parted by blank lines; some of each kind are enough, whole they would be mutated in vain.
    let entries: Vec<&str> = codebook.split("\n\n").collect();
    for (idx, entry) in entries.iter().enumerate().step_by(entries.len() / 60 + 1) {
        add("codebook", &idx.to_string(), format!("name = \"x\"\nlanguage = \"en\"\n\n{entry}\n").as_bytes());
    }
}

/// A file of SQLite by its published format: one row of two texts and a number on the first page of 512 bytes, and
/// overflow pages that name each other in this way.
fn database(n_text: usize, chain: &[u32]) -> Vec<u8> {
    let varint = |number: usize| [0x80 | (number >> 7) as u8, number as u8 & 0x7f];
    let types = [&[5, 21][..], &varint(13 + 2 * n_text), &[1]].concat();
    let record = [&types, b"note".as_slice(), &vec![b'a'; n_text], &[7]].concat();
    // What section 1.6 of the format leaves on the page where not all of the record has room.
    let n_local = if record.len() <= 477 { record.len() } else { 39 + (record.len() - 39) % 508 };
    let (local, rest) = record.split_at(if n_local <= 477 { n_local } else { 39 });
    let mut cell = [&varint(record.len())[..], &[1], local].concat();
    if !rest.is_empty() {
        cell.extend(2_u32.to_be_bytes());
    }
    let content = 512 - cell.len();
    let mut file = b"SQLite format 3\0\x02\0\x01\x01\0\x40\x20\x20".to_vec();
    file.resize(100, 0);
    file.extend([0x0d, 0, 0, 0, 1, (content >> 8) as u8, content as u8, 0, (content >> 8) as u8, content as u8]);
    file.resize(content, 0);
    file.extend(cell);
    for (next, bytes) in chain.iter().zip(rest.chunks(508)) {
        file.extend(next.to_be_bytes());
        file.extend(bytes);
        file.resize(file.len().next_multiple_of(512), 0);
    }
    file
}
