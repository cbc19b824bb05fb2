// Command draw makes the photo that the sample carries. It is run by go generate in internal/sample.
package main

import (
	"fmt"
	"image/jpeg"
	"os"

	"constancia/internal/sample/hall"
)

func main() {
	if err := draw("pictures/hall.jpg"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func draw(path string) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := jpeg.Encode(file, hall.Photo(1280, 960, 8), &jpeg.Options{Quality: 86}); err != nil {
		return err
	}
	return file.Close()
}
