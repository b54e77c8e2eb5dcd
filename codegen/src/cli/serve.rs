//! `im-errors serve`.

use std::io::{self, ErrorKind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::Args;
use im_errors_codegen::diagnostic::cause;
use im_errors_codegen::serve::{Event, PORT, Served, Server};
use im_errors_codegen::{Severity, build, message};
use signal_hook::consts::{SIGINT, SIGTERM};

use super::{Console, Status, today};

#[derive(Debug, Args)]
#[command(after_help = "\
Nothing is written: catalogs are read as `im-errors build` reads them, and pages are made in memory.
A changed source, catalog, translation, glossary or template shows in the browser at once.
Where `im-errors build` would fail, the pages show why until it is mended.
Missing and outdated translations fail nothing here. Only this machine is answered. Ctrl-C ends it.

Examples:
  im-errors serve
  im-errors serve --port 0 --templates my-templates")]
pub(crate) struct ServeArguments {
    /// The port; 0 takes any that is free
    #[arg(long, default_value_t = PORT)]
    port: u16,
    /// Templates that replace the built-in ones of the same name
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// The folder with one folder per catalog
    #[arg(long, value_name = "DIR", default_value = build::CATALOGS)]
    catalogs: PathBuf,
}

pub(crate) fn run(arguments: &ServeArguments, console: &mut Console<'_>) -> io::Result<Status> {
    let Some(today) = today::of_record(console) else {
        return Ok(Status::Failed);
    };
    let server = match Server::bind(arguments.port) {
        Ok(server) => server,
        Err(error) => return Ok(refused(arguments.port, &error, console)),
    };
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        // Who asks again does not want to wait.
        signal_hook::flag::register_conditional_shutdown(signal, Status::Failed as i32, Arc::clone(&stop))?;
        signal_hook::flag::register(signal, Arc::clone(&stop))?;
    }
    let served = Served {
        catalogs: arguments.catalogs.clone(),
        templates: arguments.templates.clone(),
        today,
        language: console.people.clone(),
    };
    let address = server.address();
    let mut is_ready = false;
    let mut was_broken = false;
    let mut result = Ok(());
    server.run(&served, &stop, &mut |event| {
        let turned_bad = match event {
            Event::Built { is_broken, .. } => !std::mem::replace(&mut was_broken, is_broken) && is_broken,
            _ => false,
        };
        let said = match event {
            Event::Built { all: n, .. } if !std::mem::replace(&mut is_ready, true) => {
                let address = address.as_str();
                console.print(&message!("{n} {n:catalog|catalogs} at {address}; Ctrl-C ends it", n, address))
            }
            event => tell(&event, console),
        };
        if turned_bad {
            console.say(&message!("pages show what is wrong until it is mended"));
        }
        if let Err(error) = said {
            // Nobody is there to be told, and a server that nobody knows of is not left behind.
            stop.store(true, Ordering::Relaxed);
            result = Err(error);
        }
    });
    result.map(|()| Status::Fine)
}

fn tell(event: &Event<'_>, console: &mut Console<'_>) -> io::Result<()> {
    match event {
        Event::Found(report) => {
            console.diagnostics(&report.file, &report.text, &report.diagnostics, Severity::Warning);
            Ok(())
        }
        Event::Unwatched(why) => {
            console.say(&message!(
                "warning: the system does not tell of changes ({why}), so files are looked at every 2 seconds",
                why = *why
            ));
            Ok(())
        }
        Event::Built { catalogs, took, standing, .. } => {
            let ms = usize::try_from(took.as_millis()).unwrap_or(usize::MAX);
            console.print(&match catalogs {
                [] => message!("made anew in {ms} ms", ms),
                catalogs => message!("{catalogs} made anew in {ms} ms", catalogs, ms),
            })?;
            match *standing {
                0 => Ok(()),
                n => console.print(&message!("{n} {n:finding|findings} told before still there", n)),
            }
        }
    }
}

fn refused(port: u16, error: &io::Error, console: &Console<'_>) -> Status {
    console.say(&match error.kind() {
        ErrorKind::AddrInUse => message!(
            "error: port {port} is taken; end what has it, or choose another with `--port`, 0 for any that is free",
            port
        ),
        _ => message!(
            "error: cannot listen on port {port}: {error}; choose another with `--port`, 0 for any that is free",
            port,
            error = cause(error)
        ),
    });
    Status::Failed
}
