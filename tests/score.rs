//! `labelwright score`: predictions against gold labels, and two labelers.

mod agreement;
mod formats;
mod forms;
mod gates;
mod laws;
mod made;
mod peers;
mod published;
mod read;
mod refused;
mod service;
