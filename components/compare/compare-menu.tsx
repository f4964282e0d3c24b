'use client'

import { parseVersus } from '@/core/compare/compare-window'
import { ChoiceMenu } from '../ui/menu'
import { useRecording, useVersus } from '../url-state'
import { versusWords } from './versus-words'

const choices = [
  { value: '', label: 'Nothing' },
  { value: 'previous', label: 'The window just before' },
  { value: 'day', label: 'The same, a day earlier' },
  { value: 'week', label: 'The same, a week earlier' },
]

/** What the page compares with. A recording has nothing before it. */
export function CompareMenu() {
  const [versus, setVersus] = useVersus()
  const [recording] = useRecording()
  if (recording !== null) return null
  const own = typeof versus === 'number' ? [{ value: String(versus), label: versusWords(versus) }] : []
  return (
    <ChoiceMenu
      label="Compare with"
      value={versus === null ? '' : String(versus)}
      choices={[...choices, ...own]}
      onChange={(next) => void setVersus(parseVersus(next))}
    >
      {versus === null ? 'Compare' : `vs. ${versusWords(versus)}`}
    </ChoiceMenu>
  )
}
