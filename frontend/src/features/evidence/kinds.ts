/** The icon of each kind of file. Beside an icon there is always a word. */
import type { Component } from 'svelte';
import File from '@lucide/svelte/icons/file';
import FileAudio from '@lucide/svelte/icons/file-audio';
import FileImage from '@lucide/svelte/icons/file-image';
import FileText from '@lucide/svelte/icons/file-text';
import FileVideo from '@lucide/svelte/icons/file-video-camera';

const icons: Readonly<Record<string, Component>> = {
  image: FileImage,
  audio: FileAudio,
  video: FileVideo,
  text: FileText,
  pdf: FileText,
};

export function kindIcon(kind: string): Component {
  return icons[kind] ?? File;
}
