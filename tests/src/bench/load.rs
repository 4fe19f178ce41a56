//! A generator of requests that costs little itself: plain connections that are kept alive.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

/// Connections at once.
const CONNECTIONS: usize = 4;

/// A request that is sent again and again.
#[derive(Clone, Debug)]
pub(super) struct Request {
    address: String,
    bytes: Vec<u8>,
}

impl Request {
    /// A GET of a path at `http://…`, with headers such as `Cookie: …`.
    pub(super) fn get(base: &str, path: &str, headers: &[String]) -> Self {
        let address = base.trim_start_matches("http://").to_owned();
        let headers = headers.iter().fold(String::new(), |all, header| all + header.as_str() + "\r\n");
        let bytes =
            format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept: text/html\r\n{headers}\r\n").into_bytes();
        Self { address, bytes }
    }

    /// Sends it once and gives the body of a 200.
    pub(super) fn once(&self) -> Vec<u8> {
        let mut connection = Connection::open(self);
        connection.turn(self)
    }

    /// Requests per second over a while.
    pub(super) fn rate(&self, during: Duration) -> f64 {
        let began = Instant::now();
        let counts: u64 = thread::scope(|scope| {
            let senders: Vec<_> = (0..CONNECTIONS)
                .map(|_| {
                    scope.spawn(|| {
                        let mut connection = Connection::open(self);
                        let mut count = 0_u64;
                        while began.elapsed() < during {
                            connection.turn(self);
                            count += 1;
                        }
                        count
                    })
                })
                .collect();
            senders.into_iter().map(|sender| sender.join().expect("a sender")).sum()
        });
        #[expect(clippy::cast_precision_loss, reason = "counts of a few seconds are small")]
        let counts = counts as f64;
        counts / began.elapsed().as_secs_f64()
    }
}

struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    fn open(request: &Request) -> Self {
        let stream = TcpStream::connect(&request.address).expect("the server listens");
        stream.set_nodelay(true).expect("a socket");
        Self { stream, buffer: vec![0; 256 * 1024] }
    }

    /// One request and its whole answer.
    fn turn(&mut self, request: &Request) -> Vec<u8> {
        self.stream.write_all(&request.bytes).expect("the server reads");
        let mut filled = 0;
        loop {
            let read = self.stream.read(&mut self.buffer[filled..]).expect("the server answers");
            assert!(read > 0, "the server hung up");
            filled += read;
            if let Some((head, length)) = head(&self.buffer[..filled]) {
                while filled < head + length {
                    filled += self.stream.read(&mut self.buffer[filled..]).expect("the server goes on");
                }
                return self.buffer[head..filled].to_vec();
            }
        }
    }
}

/// Where the body begins and how long it is, once the head of a 200 is there.
fn head(bytes: &[u8]) -> Option<(usize, usize)> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
    assert!(head.starts_with("http/1.1 200"), "{head}");
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).expect("a length");
    Some((end + 4, length.parse().expect("a number")))
}
