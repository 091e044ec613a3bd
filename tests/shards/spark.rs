//! The driver for Spark, with a Spark of its own that does all in one process.

use std::fs;
use std::process::Command;

use super::{LEFT_OUT, corpus};
use crate::support::{PROGRAM, first_program, root, run, skipped};

/// As much of pyspark and fsspec as the driver asks for.
const MODULES: [(&str, &str); 4] = [
    (
        "pyspark/__init__.py",
        "class SparkFiles:\n    files = {}\n    get = staticmethod(lambda name: SparkFiles.files[name])\n",
    ),
    (
        "pyspark/sql.py",
        "
import os, pyspark

class Rows:
    def __init__(self, rows):
        self.rows = list(rows)
    def map(self, function):
        return Rows(map(function, self.rows))
    def collect(self):
        return self.rows

class SparkSession:
    def appName(self, name):
        return self
    def getOrCreate(self):
        return self
    def addFile(self, path):
        pyspark.SparkFiles.files[os.path.basename(path)] = path
    def parallelize(self, rows, number):
        return Rows(rows)

SparkSession.builder = SparkSession()
SparkSession.builder.sparkContext = SparkSession.builder
",
    ),
    (
        "fsspec/__init__.py",
        "import io\nfrom . import core\n\ndef open(url, mode):\n    return io.open(url[5:], mode)\n",
    ),
    (
        "fsspec/core.py",
        "import os.path\n\nclass Files:\n    size = staticmethod(os.path.getsize)\n\n\
         def url_to_fs(url):\n    return Files(), url[5:]\n",
    ),
];

#[test]
fn a_url_without_texts_failed_on_spark() {
    let Some(python) = first_program(&["python3"]) else {
        skipped("Python");
        return;
    };
    let folder = corpus();
    for (name, text) in MODULES {
        fs::create_dir_all(folder.at(name).parent().unwrap()).unwrap();
        folder.write(name, text);
    }
    let output = ["--output", "json", "--fail-on", "warning"];
    let whole = ["check", "labels.jsonl", "--no-texts", "--ignore", LEFT_OUT];
    let whole = run(folder.path(), whole.iter().chain(&output)).expect(1);
    let driver = root().join("distributed/spark/check.py");
    let done = Command::new(python)
        .current_dir(folder.path())
        .env("PYTHONPATH", folder.path())
        .arg(driver)
        .args(["s3://labels.jsonl", "--program", PROGRAM])
        .args(["--shard-size", "300", "--"])
        .args(output)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    let want = whole.text().replace("labels.jsonl", "s3://labels.jsonl");
    assert_eq!(String::from_utf8_lossy(&done.stdout), want, "{said}");
    assert_eq!(done.status.code(), Some(1), "{said}");
}
