'use client'

import { Button } from '../ui/button'
import { type Theme, themes } from './theme'
import { useTheme } from './use-theme'

const words: Readonly<Record<Theme, string>> = { system: 'System theme', light: 'Light theme', dark: 'Dark theme' }

/** Steps through system, light and dark. */
export function ThemeMenu() {
  const { theme, setTheme } = useTheme()
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system'
  return (
    <Button size="sm" variant="quiet" onClick={() => setTheme(next)} title={`Change to ${words[next].toLowerCase()}`}>
      {words[theme]}
    </Button>
  )
}
