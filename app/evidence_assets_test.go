package app

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"constancia/internal/raster"
)

// assets are what the web view asks for files.
type assets struct {
	*scene
	handler http.Handler
	caseID  string
}

func newAssets(t *testing.T) *assets {
	s := newScene(t)
	page := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("the page")) })
	return &assets{scene: s, handler: s.middleware(page), caseID: s.newCase()}
}

// keep makes a file evidence and gives its address.
func (a *assets) keep(name string, content []byte) string {
	a.t.Helper()
	_, outcome := a.addAll(all(a.caseID, a.drop(putFile(a.t, filepath.Join(a.t.TempDir(), name), content))))
	if len(outcome.EntryIDs) != 1 {
		a.t.Fatalf("it was not added: %+v", outcome)
	}
	return evidencePath + a.caseID + "/" + outcome.EntryIDs[0]
}

// ask asks for an address, with headers as name and value in turns.
func (a *assets) ask(method, address string, headers ...string) answer {
	a.t.Helper()
	request := httptest.NewRequest(method, address, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	given := httptest.NewRecorder()
	a.handler.ServeHTTP(given, request)
	return answer{given.Code, given.Header(), given.Body.String()}
}

// answer is what the web view gets.
type answer struct {
	StatusCode int
	Header     http.Header
	body       string
}

func aPNG(t *testing.T, width, height int) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// aBomb is a PNG of a few bytes that claims 60,000 by 60,000 pixels.
func aBomb(t *testing.T) []byte {
	t.Helper()
	data := aPNG(t, 1, 1)
	head := data[12:29]
	copy(head[4:], "\x00\x00\xea\x60\x00\x00\xea\x60")
	copy(data[29:], pngChecksum(head))
	return data
}

const aWAV = "RIFF\x2c\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00data\x08\x00\x00\x00\x80\x80\x80\x80\x80\x80\x80\x80"

func TestEvidenceIsServedAsOneOfAFewKindsThatRunNothing(t *testing.T) {
	a := newAssets(t)
	script := "<script>alert(1)</script>"
	for name, test := range map[string]struct {
		content string
		served  string
		saved   bool // never shown
	}{
		"photo.png":   {string(aPNG(t, 3, 2)), "image/png", false},
		"call.wav":    {aWAV, "audio/wav", false},
		"chat.txt":    {"Hola, ¿qué tal?", servedText, false},
		"page.html":   {"<!DOCTYPE html><html>" + script, servedText, false},
		"drawing.svg": {`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">` + script + "</svg>", servedText, false},
		"bill.pdf":    {"%PDF-1.7\n" + script, servedOther, true},
		"photo.heic":  {"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", servedOther, true},
		"program.exe": {"MZ\x90\x00\x03\x00\x00\x00" + script, servedOther, true},
		"noise.bin":   {"\x00\x01\x02\x03\xff\xfe", servedOther, true},
	} {
		t.Run(name, func(t *testing.T) {
			address := a.keep(name, []byte(test.content))
			answer := a.ask(http.MethodGet, address)
			if answer.StatusCode != http.StatusOK || answer.body != test.content {
				t.Errorf("it is answered %d", answer.StatusCode)
			}
			for header, want := range map[string]string{
				"Content-Type": test.served, "Content-Security-Policy": "default-src 'none'; sandbox", "X-Content-Type-Options": "nosniff",
				"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "Content-Length": strconv.Itoa(len(test.content)),
				"Accept-Ranges": "bytes", "Etag": "", "Last-Modified": "",
			} {
				if got := answer.Header.Get(header); got != want {
					t.Errorf("%s is %q, want %q", header, got, want)
				}
			}
			if saved := answer.Header.Get("Content-Disposition") == "attachment"; saved != test.saved {
				t.Errorf("saved, not shown: %v, want %v", saved, test.saved)
			}
			head := a.ask(http.MethodHead, address)
			if head.StatusCode != http.StatusOK || head.body != "" || head.Header.Get("Content-Type") != test.served {
				t.Errorf("its head is %d, %v", head.StatusCode, head.Header)
			}
		})
	}
}

func TestAPlayerGetsThePartsItAsksFor(t *testing.T) {
	a := newAssets(t)
	small := []byte(aWAV)
	large := append([]byte(aWAV), bytes.Repeat([]byte("0123456789"), 1<<20)...) // in the vault
	size := strconv.Itoa(len(large))
	tests := []struct {
		name, part  string
		content     []byte
		status      int
		first, last int
		told        string
	}{
		{"the beginning", "bytes=0-3", small, 206, 0, 3, "bytes 0-3/52"},
		{"the end", "bytes=-2", small, 206, 50, 51, "bytes 50-51/52"},
		{"from a place on", "bytes=44-", small, 206, 44, 51, "bytes 44-51/52"},
		{"past the end", "bytes=52-", small, 416, 0, 0, "bytes */52"},
		{"to past the end", "bytes=50-1000", small, 206, 50, 51, "bytes 50-51/52"},
		{"a unit that nobody knows", "lines=1-2", small, 416, 0, 0, ""},
		{"the other way round", "bytes=5-2", small, 416, 0, 0, ""},
		{"a number that is none", "bytes=99999999999999999999-", small, 416, 0, 0, ""},
		{"in the middle of a large one", "bytes=5000000-5000009", large, 206, 5000000, 5000009, "bytes 5000000-5000009/" + size},
		{"all of a large one comes in parts", "bytes=0-", large, 206, 0, longestPart - 1, "bytes 0-8388607/" + size},
		{"and its rest", "bytes=8388608-", large, 206, longestPart, len(large) - 1, "bytes 8388608-" + strconv.Itoa(len(large)-1) + "/" + size},
	}
	addresses := map[int]string{len(small): a.keep("small.wav", small), len(large): a.keep("large.wav", large)}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			answer := a.ask(http.MethodGet, addresses[len(test.content)], "Range", test.part)
			if answer.StatusCode != test.status {
				t.Fatalf("it is answered %d, want %d", answer.StatusCode, test.status)
			}
			if test.told != "" && answer.Header.Get("Content-Range") != test.told {
				t.Errorf("it is told as %q, want %q", answer.Header.Get("Content-Range"), test.told)
			}
			if test.status == 206 && answer.body != string(test.content[test.first:test.last+1]) {
				t.Error("the bytes are others")
			}
		})
	}
	if answer := a.ask(http.MethodGet, addresses[len(large)]); answer.StatusCode != http.StatusOK || answer.body != string(large) {
		t.Errorf("all of it at once is answered %d", answer.StatusCode)
	}
}

func TestNothingIsAnsweredThatTheWebViewWouldWaitForInVain(t *testing.T) {
	a := newAssets(t)
	address := a.keep("chat.txt", []byte("Hola"))
	for _, condition := range []string{"If-None-Match", "If-Modified-Since", "If-Match", "If-Unmodified-Since", "If-Range"} {
		for _, value := range []string{"*", `"x"`, "Mon, 02 Mar 2037 10:00:00 GMT", "Mon, 02 Mar 2020 10:00:00 GMT"} {
			if answer := a.ask(http.MethodGet, address, condition, value); answer.StatusCode != http.StatusOK {
				t.Errorf("%s: %s is answered %d", condition, value, answer.StatusCode)
			}
		}
	}
}

func TestOnlyWhatIsOfTheCaseIsServed(t *testing.T) {
	a := newAssets(t)
	address := a.keep("chat.txt", []byte("Hola"))
	id := address[strings.LastIndex(address, "/")+1:]
	other := a.newCase()
	sum := a.evidenceOf(a.caseID)[0].SHA256
	for _, wrong := range []string{
		evidencePath + other + "/" + id, evidencePath + other + "/" + id + "/text", evidencePath + a.caseID + "/" + other,
		evidencePath + a.caseID + "/" + sum, evidencePath + a.caseID + "/" + a.caseID, evidencePath + a.caseID, evidencePath,
		address + "/", address + "/index.html", address + "/original", address + "/thumbnail/x", evidencePath + "../" + id,
		evidencePath + a.caseID + "/..%2f..%2fetc%2fpasswd", "/evidence//" + id,
	} {
		answer := a.ask(http.MethodGet, wrong)
		body := answer.body
		var told failure
		if err := json.Unmarshal([]byte(body), &told); err != nil || answer.StatusCode != http.StatusNotFound || told.Code != "not_found" {
			t.Errorf("%s is answered %d %q", wrong, answer.StatusCode, body)
		}
	}
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions} {
		if answer := a.ask(method, address); answer.StatusCode != http.StatusMethodNotAllowed || answer.body != "" {
			t.Errorf("%s is answered %d", method, answer.StatusCode)
		}
	}
	if answer := a.ask(http.MethodGet, "/assets/index.js"); answer.body != "the page" || strings.Contains(answer.Header.Get("Content-Security-Policy"), "sandbox") {
		t.Error("the page's own files come from elsewhere")
	}
}

func TestOfADamagedFileNotEvenAPartIsServed(t *testing.T) {
	a := newAssets(t)
	content := append([]byte(aWAV), make([]byte, 2<<20)...)
	address := a.keep("large.wav", content)
	sum := a.evidenceOf(a.caseID)[0].SHA256
	path := filepath.Join(a.own, "vault", sum[:2], sum)
	content[len(content)-1]++
	if err := errors.Join(os.Chmod(path, 0o600), os.WriteFile(path, content, 0o600)); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"", "bytes=0-3"} {
		answer := a.ask(http.MethodGet, address, "Range", part)
		if body := answer.body; answer.StatusCode != http.StatusInternalServerError || !strings.Contains(body, "content_damaged") {
			t.Errorf("it is answered %d %q", answer.StatusCode, body[:min(len(body), 200)])
		}
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if answer := a.ask(http.MethodGet, address); answer.StatusCode != http.StatusNotFound || !strings.Contains(answer.body, "content_missing") {
		t.Errorf("gone it is answered %d", answer.StatusCode)
	}
}

func TestAPhotoHasAThumbnailAndABombIsNotEvenShownWhole(t *testing.T) {
	a := newAssets(t)
	photo := a.keep("photo.png", aPNG(t, 1000, 500))
	answer := a.ask(http.MethodGet, photo+"/thumbnail")
	if answer.Header.Get("Content-Type") != "image/jpeg" || answer.Header.Get("Content-Security-Policy") != evidencePolicy {
		t.Errorf("its head is %v", answer.Header)
	}
	small, err := jpeg.Decode(strings.NewReader(answer.body))
	if err != nil || small.Bounds().Size() != image.Pt(thumbnailSide, thumbnailSide/2) {
		t.Errorf("it is %v, %v", small, err)
	}
	if head := a.ask(http.MethodHead, photo+"/thumbnail"); head.StatusCode != http.StatusOK || head.body != "" {
		t.Errorf("its head is answered %d", head.StatusCode)
	}
	bomb := a.keep("bomb.png", aBomb(t))
	text := a.keep("chat.txt", []byte("Hola"))
	for _, address := range []string{bomb, bomb + "/thumbnail", text + "/thumbnail", photo + "/text"} {
		answer := a.ask(http.MethodGet, address)
		if body := answer.body; answer.StatusCode != http.StatusUnsupportedMediaType || !strings.Contains(body, "file_not_shown") {
			t.Errorf("%s is answered %d %q", address, answer.StatusCode, body)
		}
	}
}

// turned is a PNG that says in an eXIf chunk (PNG, third edition, 11.3.5.5) to be shown turned by 90 degrees.
func turned(png []byte) []byte {
	const head = 8 + 25 // the signature and IHDR
	exif := []byte("eXIfMM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00")
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(exif)-4))
	chunk = binary.BigEndian.AppendUint32(append(chunk, exif...), crc32.ChecksumIEEE(exif))
	return bytes.Join([][]byte{png[:head], chunk, png[head:]}, nil)
}

func TestAPictureToBeCoveredIsShownTheWayItIsPainted(t *testing.T) {
	a := newAssets(t)
	photo := turned(aPNG(t, 100, 50))
	answer := a.ask(http.MethodGet, a.keep("photo.png", photo)+"/upright")
	painted, err := raster.Painted(photo, nil)
	if err != nil || answer.StatusCode != http.StatusOK || answer.body != string(painted) {
		t.Errorf("it is answered %d with %d bytes, what is painted has %d, %v", answer.StatusCode, len(answer.body), len(painted), err)
	}
	if answer.Header.Get("Content-Type") != "image/png" || strings.Contains(answer.body, "eXIf") {
		t.Errorf("it is %s, and a view may turn it", answer.Header.Get("Content-Type"))
	}
	if answer := a.ask(http.MethodGet, a.keep("bomb.png", aBomb(t))+"/upright"); answer.StatusCode != http.StatusUnsupportedMediaType {
		t.Errorf("a bomb is answered %d", answer.StatusCode)
	}
}

func TestThumbnailsAreMadeOnceAndNeverTakeMoreThanTheirRoom(t *testing.T) {
	var photo bytes.Buffer
	noise := image.NewRGBA(image.Rect(0, 0, thumbnailSide, thumbnailSide))
	for i := range noise.Pix {
		noise.Pix[i] = byte(i * i >> 3)
	}
	noise.Set(0, 0, color.White)
	if err := jpeg.Encode(&photo, noise, nil); err != nil {
		t.Fatal(err)
	}
	opened := 0
	open := func() (io.ReadSeekCloser, error) { opened++; return readCloser{bytes.NewReader(photo.Bytes())}, nil }
	var kept thumbnails
	one, err := kept.of("first", open)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := kept.of("first", open); err != nil || !bytes.Equal(again, one) || opened != 1 {
		t.Errorf("it was made %d times, %v", opened, err)
	}
	enough := maxThumbnails/len(one) + 10
	for i := range enough {
		kept.keep(thumbnail{sha256: strconv.Itoa(i), small: one})
	}
	if kept.size > maxThumbnails || len(kept.kept) != kept.order.Len() || len(kept.kept) >= enough {
		t.Errorf("%d bytes in %d thumbnails are kept", kept.size, len(kept.kept))
	}
	if _, err := kept.of("first", open); err != nil || opened != 2 {
		t.Errorf("the one that was not used for longest was kept: %d, %v", opened, err)
	}
	broken := func() (io.ReadSeekCloser, error) {
		opened++
		return readCloser{bytes.NewReader([]byte("GIF? no"))}, nil
	}
	for range 2 {
		if _, err := kept.of("broken", broken); !errors.Is(err, raster.ErrNotImage) {
			t.Error(err)
		}
	}
	if opened != 3 {
		t.Error("what has no thumbnail is read again and again")
	}
}

type readCloser struct{ *bytes.Reader }

func (readCloser) Close() error { return nil }

func TestTheBeginningOfATextIsReadInWhateverItIsWritten(t *testing.T) {
	long := strings.Repeat("ñ", longestPreview) // two bytes each, so that the cut goes through the middle of one with an odd start
	for name, test := range map[string]struct {
		content string
		want    TextPreview
	}{
		"nothing":            {"", TextPreview{}},
		"UTF-8":              {"¿Qué tal?\n", TextPreview{Text: "¿Qué tal?\n"}},
		"UTF-8 with a mark":  {"\uFEFFHola", TextPreview{Text: "Hola"}},
		"UTF-16, little end": {"\xff\xfeH\x00\xf1\x00", TextPreview{Text: "Hñ"}},
		"UTF-16, big end":    {"\xfe\xff\x00H\x00\xf1", TextPreview{Text: "Hñ"}},
		"Windows-1252":       {"\x80 Espa\xf1a", TextPreview{Text: "€ España"}},
		"lines of any kind":  {"a\r\nb\rc\n", TextPreview{Text: "a\nb\nc\n"}},
		"control characters": {"a\x00b\x1b[31mc\td", TextPreview{Text: "a\uFFFDb\uFFFD[31mc\td"}},
		"a long one":         {"a" + long, TextPreview{Text: "a" + long[:longestPreview-2], Cut: true}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := readTextPreview(strings.NewReader(test.content))
			if err != nil || got != test.want {
				t.Errorf("it reads %.80q (%d bytes, cut: %v), %v", got.Text, len(got.Text), got.Cut, err)
			}
		})
	}
	a := newAssets(t)
	answer := a.ask(http.MethodGet, a.keep("page.html", []byte("<html>ñ</html>"))+"/text")
	if body := answer.body; answer.Header.Get("Content-Type") != "application/json" || body != `{"text":"\u003chtml\u003eñ\u003c/html\u003e","cut":false}` {
		t.Errorf("it is served as %s: %s", answer.Header.Get("Content-Type"), body)
	}
}

// pngChecksum is the checksum of a chunk, from its name on.
func pngChecksum(chunk []byte) []byte {
	return binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(chunk))
}
