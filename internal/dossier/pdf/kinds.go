package pdf

import (
	"cmp"
	"path"
)

// kinds are the names people know media types by (those of IANA).
var kinds = map[string]string{
	"application/pdf": "PDF", "audio/mp4": "M4A", "audio/mpeg": "MP3", "audio/ogg": "Ogg", "audio/wav": "WAV",
	"image/gif": "GIF", "image/heic": "HEIC", "image/jpeg": "JPEG", "image/png": "PNG", "image/tiff": "TIFF",
	"image/webp": "WebP", "message/rfc822": "EML", "text/csv": "CSV", "text/html": "HTML", "text/plain": "TXT",
	"video/mp4": "MP4",
}

// kindOf says what a file is, unless its name does.
func kindOf(mediaType, fileName string) string {
	if path.Ext(fileName) != "" {
		return ""
	}
	return cmp.Or(kinds[mediaType], mediaType)
}
