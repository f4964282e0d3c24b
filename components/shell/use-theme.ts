'use client'

import { useSyncExternalStore } from 'react'
import { parseTheme, type Theme, themeCookie } from './theme'

const darkQuery = '(prefers-color-scheme: dark)'
const yearSeconds = 31_536_000

const chosen = (): Theme => parseTheme(document.documentElement.dataset.theme)
const resolved = (): 'light' | 'dark' => {
  const theme = chosen()
  if (theme !== 'system') return theme
  return matchMedia(darkQuery).matches ? 'dark' : 'light'
}

function subscribe(changed: () => void): () => void {
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  const media = matchMedia(darkQuery)
  media.addEventListener('change', changed)
  return () => {
    observer.disconnect()
    media.removeEventListener('change', changed)
  }
}

/** Remembers the theme for a year in a cookie that the server reads, and applies it at once. */
export function setTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  document.cookie = `${themeCookie}=${theme}; path=/; max-age=${yearSeconds}; samesite=lax`
}

/** The theme chosen and the one shown. Canvas painters redraw when `shown` changes. */
export function useTheme(): { theme: Theme; shown: 'light' | 'dark'; setTheme: (theme: Theme) => void } {
  const theme = useSyncExternalStore(subscribe, chosen, () => 'system' as const)
  const shown = useSyncExternalStore(subscribe, resolved, () => 'light' as const)
  return { theme, shown, setTheme }
}
