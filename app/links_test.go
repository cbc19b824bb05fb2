package app

import (
	"slices"
	"testing"
)

func TestAddressesInATextAreFoundAsTheyAre(t *testing.T) {
	var l links
	text := "See https://iberluz.example/pay?x=1&y=2, (http://a.example/b). Mailto:help@iberluz.example! «https://cita.example»\n" +
		"https://iberluz.example/pay?x=1&y=2 again; javascript:alert(1) file:///etc/passwd ftp://x.example https:// mailto:"
	var got []string
	for _, link := range l.find(text) {
		got = append(got, link.Address)
	}
	want := []string{"https://iberluz.example/pay?x=1&y=2", "http://a.example/b", "Mailto:help@iberluz.example", "https://cita.example"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestALinkIsOpenedByItsIDOnly(t *testing.T) {
	s := newScene(t)
	link := s.links.find("https://iberluz.example/")[0]
	window := &Window{s.desk}
	for _, id := range []string{"", "https://elsewhere.example/", "javascript:alert(1)", "/etc/passwd", link.Address} {
		if err := window.OpenLink(id); err == nil {
			t.Errorf("%q was opened", id)
		}
	}
	if err := window.OpenLink(link.ID); err != nil || !slices.Equal(s.opened, []string{link.Address}) {
		t.Errorf("opened %q, %v", s.opened, err)
	}
	if again := s.links.find("once more https://iberluz.example/")[0]; again != link {
		t.Errorf("the same address is %+v and %+v", link, again)
	}
}
