package app

import "testing"

func TestOnlyFilesThatAViewerShowsAreHandedToTheSystem(t *testing.T) {
	for name, want := range map[string]bool{
		"factura.pdf": true, "FOTO.JPG": true, "llamada.m4a": true, "chat.txt": true,
		"factura.pdf.exe": false, "factura.exe": false, "aviso.html": false, "dibujo.svg": false, "acceso.lnk": false,
		"ver.desktop": false, "macro.js": false, "orden.bat": false, "orden.bat.": false, "orden.exe .": false,
		"sin-final": false, "": false, ".pdf": true,
	} {
		if got := isHarmless(name); got != want {
			t.Errorf("isHarmless(%q) = %v, want %v", name, got, want)
		}
	}
}
