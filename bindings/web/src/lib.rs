//! The core as the page calls it: messages of JSON with bytes behind them, in and out.
//!
//! `boundary` is what WebAssembly exports, and the only place with unsafe code. `message` says what may
//! be asked, `session` holds the files of the user and what came of them, and the other files do the work
//! of one message each.

mod boundary;
mod checking;
mod converting;
mod fixing;
mod inputs;
mod message;
mod rows;
mod session;

pub use message::{Answer, Request};
pub use session::Session;

use serde::Serialize;
use serde_json::{Value, json};

/// Answers a message: its header is JSON, and `payload` the bytes that come with it. What cannot be done
/// is an answer with the member `error`.
pub fn answer(session: &mut Session, header: &[u8], payload: Vec<u8>) -> Answer {
    let asked = serde_json::from_slice(header).map_err(|error| error.to_string());
    let done = asked.and_then(|request| obey(session, request, payload));
    done.unwrap_or_else(|error| Answer::of(json!({ "error": error })))
}

fn obey(session: &mut Session, request: Request, payload: Vec<u8>) -> Result<Answer, String> {
    match request {
        Request::Choices => Ok(Answer::of(message::choices())),
        Request::Add { files } => session.add(files, payload).map(|()| Answer::default()),
        Request::Check(asked) => json_of(&checking::check(session, &asked)?),
        Request::Report { form } => Ok(Answer {
            payload: checking::report(session, &form)?,
            ..Answer::default()
        }),
        Request::Rows(asked) => json_of(&rows::rows(session, &asked)?),
        Request::Fix(asked) => fixing::fix(session, asked),
        Request::Convert(asked) => converting::convert(session, &asked),
    }
}

fn json_of(value: &impl Serialize) -> Result<Answer, String> {
    let value: Value = serde_json::to_value(value).map_err(|error| error.to_string())?;
    Ok(Answer::of(value))
}
