//! Requests that no decent client sends: written byte by byte.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Sends bytes as they are to a server such as `http://127.0.0.1:8080` and reads its answer to the end:
/// status, and everything after the status line. The bytes must ask for `Connection: close`.
pub async fn raw(base: &str, request: &[u8]) -> (u16, String) {
    let address = base.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).await.expect("the server listens");
    stream.write_all(request).await.expect("it reads");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.expect("it answers");
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let status = answer.get(9..12).and_then(|code| code.parse().ok());
    (status.unwrap_or_else(|| panic!("no status line: {answer}")), answer)
}

/// [`raw`] with a GET of a target that is sent as it is.
pub async fn raw_get(base: &str, target: &[u8]) -> (u16, String) {
    let request = [b"GET ", target, b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"].concat();
    raw(base, &request).await
}
