//! Running the program, and finding the fixtures.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use labelwright::pipeline::Outcome;
use labelwright::report::{self, REPORTS, ReportSettings};
use serde_json::Value;

/// What a run of the program came to.
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: String,
}

impl Run {
    /// Insists on an exit status.
    #[track_caller]
    pub(crate) fn expect(self, status: i32) -> Self {
        assert_eq!(
            self.status,
            status,
            "stdout: {}\nstderr: {}",
            self.text(),
            self.stderr
        );
        self
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.stdout).into_owned()
    }

    /// stdout as a JSON report.
    #[track_caller]
    pub(crate) fn report(&self) -> Report {
        Report(serde_json::from_slice(&self.stdout).expect("stdout is a JSON report"))
    }
}

/// A JSON report.
pub(crate) struct Report(pub(crate) Value);

impl Report {
    pub(crate) fn read(path: &Path) -> Self {
        Self(serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap())
    }

    pub(crate) fn findings(&self) -> &[Value] {
        self.0["diagnostics"].as_array().unwrap()
    }

    /// The rules that spoke, one entry a finding.
    pub(crate) fn rules(&self) -> Vec<&str> {
        self.findings()
            .iter()
            .map(|finding| finding["rule"].as_str().unwrap())
            .collect()
    }
}

/// The reports of outcomes in every format, by its name, with so many findings for people.
pub(crate) fn every_report(outcomes: &[Outcome], limit: usize) -> BTreeMap<&'static str, Vec<u8>> {
    let report = report::Report { outcomes };
    let settings = ReportSettings {
        color: false,
        width: 100,
        limit,
        statistics: false,
    };
    let written = REPORTS.iter().map(|emitter| {
        let mut out = Vec::new();
        emitter.emit(&report, &settings, &mut out).unwrap();
        (emitter.name(), out)
    });
    written.collect()
}

/// Runs the program in a folder.
pub(crate) fn run<A: AsRef<OsStr>>(folder: &Path, args: impl IntoIterator<Item = A>) -> Run {
    run_with(folder, args, b"")
}

/// Runs the program in a folder, with something on stdin.
pub(crate) fn run_with<A: AsRef<OsStr>>(
    folder: &Path,
    args: impl IntoIterator<Item = A>,
    stdin: &[u8],
) -> Run {
    let mut args: Vec<OsString> = args
        .into_iter()
        .map(|arg| arg.as_ref().to_owned())
        .collect();
    // A configuration file above the repository is none of the tests' business.
    if args
        .first()
        .is_some_and(|arg| CONFIGURED.iter().any(|name| arg == name))
    {
        args.push("--isolated".into());
    }
    run_configured(folder, args, stdin)
}

/// The commands that look for a configuration file.
const CONFIGURED: [&str; 3] = ["check", "convert", "merge"];

/// Runs the program in a folder as the user does: with the configuration file that it finds.
pub(crate) fn run_configured<A: AsRef<OsStr>>(
    folder: &Path,
    args: impl IntoIterator<Item = A>,
    stdin: &[u8],
) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_labelwright"))
        .args(args)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The program may end without reading all of it.
    let _ = child.stdin.take().unwrap().write_all(stdin);
    let output = child.wait_with_output().unwrap();
    Run {
        status: output.status.code().expect("the program was not killed"),
        stdout: output.stdout,
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn fixtures() -> PathBuf {
    root().join("fixtures")
}

/// The arguments of a fixture: those in its file `args`, or a check of its label file.
pub(crate) fn args(folder: &Path) -> Vec<String> {
    if let Ok(args) = std::fs::read_to_string(folder.join("args")) {
        return args.lines().map(str::to_owned).collect();
    }
    let label_file = names(folder)
        .into_iter()
        .find(|name| name.starts_with("labels."));
    vec!["check".to_owned(), label_file.expect("a label file")]
}

/// The names in a folder, sorted.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries =
        std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// All files under a folder, sorted.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for name in names(folder) {
        let path = folder.join(name);
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// All label files among the fixtures, sorted.
pub(crate) fn label_files() -> Vec<PathBuf> {
    let mut found = files(&fixtures());
    found.retain(|path| {
        path.extension()
            .is_some_and(|name| name == "json" || name == "jsonl")
    });
    assert!(found.len() > 150, "{}", found.len());
    found
}

/// A folder with `labels.jsonl`, of which three messages ask for another severity than the
/// catalogue has for their rules: those of `wrong-type` and `document-missing`, which are errors,
/// for a warning, and that of `label-name`, which is a warning, for an error.
pub(crate) fn messages_of_their_own_severity() -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    let label = r#"{"label":" ","offsetStart":0.0,"offsetEnd":4}"#;
    let line = format!(r#"{{"image_url":"AmlDatastore://ds/a.txt","label":[{label}]}}"#);
    std::fs::write(place.path().join("labels.jsonl"), line + "\n").unwrap();
    place
}
