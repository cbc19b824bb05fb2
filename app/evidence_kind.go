package app

import "strings"

// What a file is to a person: the icon it has, and the sentence where it can't be shown.
const (
	kindImage     = "image"
	kindAudio     = "audio"
	kindVideo     = "video"
	kindText      = "text"
	kindPDF       = "pdf"
	kindOtherFile = "other"
)

// How the window shows a file by itself; empty is not at all, and then the system's viewer does.
const (
	showsImage = "image"
	showsAudio = "audio"
	showsVideo = "video"
	showsText  = "text"
)

// fileKind is how a media type is told and served.
type fileKind struct {
	kind  string
	shows string
	// served is the type it is served as. It is from this list, never what somebody else's record says.
	served string
}

const (
	// servedText is how everything made of text is served: a page or a drawing with scripts is its source, and no more.
	servedText = "text/plain; charset=utf-8"
	// servedOther is saved, never shown.
	servedOther = "application/octet-stream"
)

// fileKinds are the media types that are shown as what they are.
var fileKinds = map[string]fileKind{
	"image/jpeg": {kindImage, showsImage, "image/jpeg"},
	"image/png":  {kindImage, showsImage, "image/png"},
	"image/gif":  {kindImage, showsImage, "image/gif"},
	"image/webp": {kindImage, showsImage, "image/webp"},
	"image/apng": {kindImage, showsImage, "image/apng"},
	"image/bmp":  {kindImage, showsImage, "image/bmp"},

	"audio/mpeg":      {kindAudio, showsAudio, "audio/mpeg"},
	"audio/wav":       {kindAudio, showsAudio, "audio/wav"},
	"audio/ogg":       {kindAudio, showsAudio, "audio/ogg"},
	"application/ogg": {kindAudio, showsAudio, "audio/ogg"},
	"audio/mp4":       {kindAudio, showsAudio, "audio/mp4"},
	"audio/x-m4a":     {kindAudio, showsAudio, "audio/mp4"},
	"audio/aac":       {kindAudio, showsAudio, "audio/aac"},
	"audio/flac":      {kindAudio, showsAudio, "audio/flac"},
	"audio/amr":       {kindAudio, showsAudio, "audio/amr"},
	"audio/aiff":      {kindAudio, showsAudio, "audio/aiff"},

	"video/mp4":        {kindVideo, showsVideo, "video/mp4"},
	"video/x-m4v":      {kindVideo, showsVideo, "video/mp4"},
	"video/webm":       {kindVideo, showsVideo, "video/webm"},
	"video/ogg":        {kindVideo, showsVideo, "video/ogg"},
	"video/quicktime":  {kindVideo, showsVideo, "video/quicktime"},
	"video/3gpp":       {kindVideo, showsVideo, "video/3gpp"},
	"video/3gpp2":      {kindVideo, showsVideo, "video/3gpp2"},
	"video/x-matroska": {kindVideo, showsVideo, "video/x-matroska"},
	"video/matroska":   {kindVideo, showsVideo, "video/x-matroska"},

	"application/pdf":       {kindPDF, "", servedOther},
	"application/json":      {kindText, showsText, servedText},
	"application/xml":       {kindText, showsText, servedText},
	"application/xhtml+xml": {kindText, showsText, servedText},
	"image/svg+xml":         {kindText, showsText, servedText},
}

// fileKindOf tells how files of a media type are shown. One that is not known is kept and not shown.
func fileKindOf(mediaType string) fileKind {
	mediaType = strings.ToLower(mediaType)
	if kind, known := fileKinds[mediaType]; known {
		return kind
	}
	top, _, _ := strings.Cut(mediaType, "/")
	switch top {
	case "text":
		return fileKind{kindText, showsText, servedText}
	case kindImage, kindAudio, kindVideo: // HEIC, TIFF, WMA …: nothing here reads them
		return fileKind{top, "", servedOther}
	}
	return fileKind{kindOtherFile, "", servedOther}
}
