/** All charts of the page share one cursor. */
export const plotGroup = 'service'

export const plotHeight = 116
