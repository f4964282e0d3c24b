import { withEverybody } from '@/core/links/saved-view'
import { REGISTRY } from '../pages'

/** A name to begin with: the page, what is sought on it, and how it is looked at. */
export function proposedName(path: string): string {
  const url = new URL(path, 'http://console.invalid')
  const page =
    REGISTRY.find((one) => one.path === url.pathname)?.title ?? decode(url.pathname.split('/').at(-1) ?? '') ?? 'View'
  const parts = ['lens', 'q', 'vs'].flatMap((name) => url.searchParams.get(name) ?? [])
  return [page, ...parts].join(' · ').slice(0, 80)
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** Whether a view leads to what is shown: the same page and parameters in any order. */
export function isShown(path: string, shown: string): boolean {
  return normal(path) === normal(shown)
}

function normal(path: string): string {
  const url = new URL(path, 'http://console.invalid')
  url.searchParams.sort()
  return url.pathname + url.search
}

/** Who finds a view by this audience. */
export const audienceWords = (audience: string): string =>
  audience === '' ? 'nobody' : audience === withEverybody ? 'everybody' : `the team ${audience}`
