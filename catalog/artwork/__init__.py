"""Pictures: reading what people send, cutting and encoding it anew, setting titles in type, signing addresses."""
