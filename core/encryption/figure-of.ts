/** What a figure of coverage is about: everything, an end's group, or a pair of groups. */
export type FigureOf =
  | { readonly type: 'all' }
  | { readonly type: 'group' | 'cluster' | 'team'; readonly id: string }
  | { readonly type: 'pair'; readonly from: string; readonly to: string }

/** `all`, `group:demo/shop`, `team:web`, `pair:demo/shop|outside`; null where the text is none of them. */
export function parseFigureOf(text: string): FigureOf | null {
  if (text === 'all') return { type: 'all' }
  const [, type, id = ''] = /^(group|cluster|team|pair):(.+)$/.exec(text) ?? []
  if (type === 'group' || type === 'cluster' || type === 'team') return { type, id }
  const [from = '', to = '', ...more] = id.split('|')
  return type === 'pair' && from !== '' && to !== '' && more.length === 0 ? { type, from, to } : null
}

/** The inverse of parseFigureOf. */
export function figureOfText(of: FigureOf): string {
  if (of.type === 'all') return 'all'
  return of.type === 'pair' ? `pair:${of.from}|${of.to}` : `${of.type}:${of.id}`
}
