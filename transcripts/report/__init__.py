"""Reports on many debates: what varies, what differs, what it costs; as text, Markdown, HTML, JUnit, annotations."""
