package pdf

// The page is A4; all lengths are millimetres, type sizes are points.
const (
	pageWidth  = 210.0
	pageHeight = 297.0

	marginTop    = 24.0
	marginRight  = 20.0
	marginBottom = 26.0
	marginLeft   = 24.0

	pageTop = marginTop + 4 // where the text of a page begins

	textWidth  = pageWidth - marginLeft - marginRight
	textRight  = pageWidth - marginRight
	textBottom = pageHeight - marginBottom

	point = 25.4 / 72 // millimetres
)

// rgb is an RGB colour.
type rgb struct{ red, green, blue uint8 }

var (
	ink    = rgb{0x18, 0x1b, 0x20}
	slate  = rgb{0x41, 0x47, 0x50}
	grey   = rgb{0x52, 0x58, 0x60} // 7.2 : 1 on white
	rule   = rgb{0xc9, 0xcd, 0xd2}
	faint  = rgb{0xe6, 0xe8, 0xea}
	tint   = rgb{0xf4, 0xf3, 0xef}
	white  = rgb{0xff, 0xff, 0xff}
	navy   = rgb{0x1b, 0x3a, 0x57}
	oxide  = rgb{0xa2, 0x2c, 0x20} // only for what was not kept
	green  = rgb{0x25, 0x6b, 0x4a} // only for what was kept
	ochre  = rgb{0x7a, 0x52, 0x0c} // only for what is pending
	shaded = rgb{0xdd, 0xe3, 0xe9}
	// Told apart from navy and from each other in grey, too.
	steel     = rgb{0x7d, 0x93, 0xa8}
	pale      = rgb{0xbd, 0xc7, 0xd1}
	paleGreen = rgb{0xd3, 0xe5, 0xda}
)

// style is how a text is set.
type style struct {
	face     face
	size     float64 // points
	leading  float64 // points from baseline to baseline
	color    rgb
	tracking float64 // points added after each letter
}

var (
	titleStyle    = style{serifBold, 23, 27.5, ink, 0}
	heading1Style = style{serifBold, 20, 25, ink, 0}
	heading2Style = style{serifBold, 11.5, 15, ink, 0}
	heading3Style = style{serifBold, 9.6, 12.6, ink, 0}
	labelStyle    = style{sansBold, 7.5, 9.6, navy, 0.5}
	leadStyle     = style{serif, 11, 15.6, ink, 0}
	bodyStyle     = style{serif, 9.6, 13, ink, 0}
	quoteStyle    = style{serifItalic, 9.6, 13, ink, 0}
	noteStyle     = style{sans, 7.8, 10.2, grey, 0}
	metaStyle     = style{sans, 7.8, 10.2, slate, 0}
	metaBold      = style{sansBold, 7.8, 10.2, ink, 0}
	cellStyle     = style{sans, 8.2, 11, ink, 0}
	cellBold      = style{sansBold, 8.2, 11, ink, 0}
	linkStyle     = style{sansBold, 7.8, 10.2, navy, 0}
	hashStyle     = style{mono, 7.5, 9.8, slate, 0}
	headerStyle   = style{sans, 7.5, 9.4, grey, 0}
)

func (s style) in(c rgb) style         { s.color = c; return s }
func (s style) as(f face) style        { s.face = f; return s }
func (s style) spaced(t float64) style { s.tracking = t; return s }
func (s style) sized(p float64) style  { s.leading *= p / s.size; s.size = p; return s }
func (s style) lineHeight() float64    { return s.leading * point }
func (s style) height(n int) float64   { return float64(n) * s.lineHeight() }
func (s style) firstBaseline() float64 { return (s.leading-s.size)/2*point + 0.8*s.size*point }
