"""Text subtitles of any format, read as cues with nothing but harmless text, and written anew as WebVTT."""
