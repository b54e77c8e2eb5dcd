//! The site while its catalogs are worked on: served on this machine alone, made anew when a file
//! changes, and told to the browsers that show it.
//!
//! Files go one way: `watch` says what was touched, `workshop` makes specs of it, `pages` makes
//! the page that is asked for, `http` sends it. Pages are made when they are asked for, by one
//! thread that owns all they are made of, so nothing is shared and nothing is locked meanwhile.
//! Nothing of what is made is written to a disk.

mod http;
mod pages;
mod reload;
mod watch;
mod workshop;

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use im_errors_spec::Date;

use crate::Dictionary;
use crate::build::Report;
use http::Shared;
use pages::Ask;
use reload::Hub;
use watch::{Changes, Watch, Woken};
use workshop::Workshop;

/// The port if nothing else is said.
pub const PORT: u16 = 4400;

/// What is served.
#[derive(Debug, Clone)]
pub struct Served {
    /// The folder with one folder per catalog.
    pub catalogs: PathBuf,
    /// The user's templates.
    pub templates: Option<PathBuf>,
    /// The day that what changed since the last build is shown under.
    pub today: Date,
    /// What is spoken where the address does not say a language.
    pub language: Dictionary,
}

/// Something that people are told.
#[derive(Debug)]
pub enum Event<'a> {
    /// Something was found that had not been found before.
    Found(&'a Report),
    /// Files are not watched, and are only looked at from time to time; why, in the system's words.
    Unwatched(&'a str),
    /// The site is as the files are now.
    Built {
        /// The catalogs that were made anew.
        catalogs: &'a [String],
        /// How many catalogs there are.
        all: usize,
        /// How long it took.
        took: Duration,
        /// How much of what was told before is found again.
        standing: usize,
        /// Whether pages show what is wrong in place of what they should.
        is_broken: bool,
    },
}

/// A server that nobody is answered by yet.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    at: SocketAddr,
}

impl Server {
    /// Takes the port, or any that is free if it is 0, for this machine alone.
    ///
    /// # Errors
    /// When somebody else has it, or the system refuses it.
    pub fn bind(port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let at = listener.local_addr()?;
        Ok(Self { listener, at })
    }

    /// The address of the site.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://{}/", self.at)
    }

    /// Serves until `stop` is set, and tells what happens.
    pub fn run(self, served: &Served, stop: &AtomicBool, told: &mut dyn FnMut(Event<'_>)) {
        let (wake, woken) = channel();
        let mut watch = Watch::new(served, wake.clone(), woken);
        if let Some(why) = watch.refusal() {
            told(Event::Unwatched(why));
        }
        let mut workshop = Workshop::new(served);
        let (asks, asked) = channel();
        let hub = Arc::new(Hub::default());
        let shared = Shared::new(self.at, asks.clone(), Arc::clone(&hub), served.language.clone());
        let mut threads = Some((self.listener, shared, asked));
        let mut changes = Changes::all();
        loop {
            let start = Instant::now();
            let made = workshop.make(&changes);
            made.news.iter().for_each(|report| told(Event::Found(report)));
            let is_broken = !made.content.faults.is_empty();
            let all = made.content.specs.len();
            match threads.take() {
                Some((listener, shared, asked)) => {
                    let (wake, language) = (wake.clone(), served.language.clone());
                    thread::spawn(move || {
                        pages::make(&asked, made.content, &language, &|report| watch::fail(&wake, report));
                    });
                    thread::spawn(move || http::accept(&listener, &Arc::new(shared)));
                }
                None => drop(asks.send(Ask::Content(Box::new(made.content)))),
            }
            hub.renew();
            let (took, standing) = (start.elapsed(), made.standing);
            told(Event::Built { catalogs: &made.catalogs, all, took, standing, is_broken });
            changes = loop {
                match watch.next(stop) {
                    Woken::Changed(changes) => break changes,
                    Woken::Failed(report) => told(Event::Found(&report)),
                    Woken::Stopped => return hub.close(),
                }
            };
            // Ends here rather than in the middle of a rebuild.
            if stop.load(Ordering::Relaxed) {
                return hub.close();
            }
        }
    }
}
