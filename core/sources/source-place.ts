/** What tells a source apart from others of its type, by its id: its address, or within a scope a number such as `#3f9c1a`; '' where there is none. */
export const placeOfSource = (id: string): string => (id.includes(':') ? id.slice(id.indexOf(':') + 1) : '')
