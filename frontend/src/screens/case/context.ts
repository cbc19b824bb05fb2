/** What the parts of one case share while it is open. */
import { createContext } from 'svelte';
import type { TimelineView } from '../../features/timeline/view.svelte';

export const [getTimelineView, setTimelineView] = createContext<TimelineView>();
