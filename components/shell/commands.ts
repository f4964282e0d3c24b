/** Something that the command menu can do. */
export type Command = {
  readonly id: string
  readonly group: string
  readonly label: string
  readonly hint?: string
  readonly keywords?: readonly string[]
  /** Where it leads, path and query; such places are remembered. */
  readonly href?: string
  readonly run: () => void
}

/**
 * How well a command answers what was typed; 0 is not at all. Every word must be found; earlier and at
 * a word's start is better, letters in order with others between are worst.
 */
export function commandScore(command: Pick<Command, 'label' | 'keywords' | 'hint'>, typed: string): number {
  const label = command.label.toLowerCase()
  const rest = [command.hint ?? '', ...(command.keywords ?? [])].join(' ').toLowerCase()
  let score = 1
  for (const word of typed.toLowerCase().split(/\s+/).filter(Boolean)) {
    const at = label.indexOf(word)
    if (at === 0) score += label.length === word.length ? 5 : 4
    else if (at > 0) score += /[\s/-]/.test(label.charAt(at - 1)) ? 3 : 2
    else if (rest.includes(word)) score += 1
    else if (word.length > 1 && inOrder(label, word)) score += 0.5
    else return 0
  }
  return score
}

/** Are the letters of the word in the text in this order, the first at a word's start? */
function inOrder(text: string, word: string): boolean {
  for (let start = text.indexOf(word.charAt(0)); start >= 0; start = text.indexOf(word.charAt(0), start + 1)) {
    if (start > 0 && !/[\s/-]/.test(text.charAt(start - 1))) continue
    let at = start
    for (const letter of word.slice(1)) {
      at = text.indexOf(letter, at + 1)
      if (at < 0) break
    }
    if (at >= 0) return true
  }
  return false
}

const shownAtMost = 30
/** Of a group, while others answer too: the twenty services must not hide the page of that name. */
const ofGroupAtMost = 12

/** The commands that answer, best first, groups kept together in the order of their best. */
export function findCommands(commands: readonly Command[], typed: string): Command[] {
  const scored = commands
    .map((command) => ({ command, score: commandScore(command, typed) }))
    .filter(({ score }) => score > 0)
  const best = new Map<string, number>()
  for (const { command, score } of scored) best.set(command.group, Math.max(score, best.get(command.group) ?? 0))
  const taken = new Map<string, number>()
  return scored
    .sort((a, b) => {
      const byGroup = (best.get(b.command.group) ?? 0) - (best.get(a.command.group) ?? 0)
      if (byGroup !== 0) return byGroup
      if (a.command.group !== b.command.group)
        return groupOrder(commands, a.command.group) - groupOrder(commands, b.command.group)
      return b.score - a.score
    })
    .filter(({ command: { group } }) => {
      const count = (taken.get(group) ?? 0) + 1
      taken.set(group, count)
      return count <= ofGroupAtMost
    })
    .slice(0, shownAtMost)
    .map(({ command }) => command)
}

const groupOrder = (commands: readonly Command[], group: string) =>
  commands.findIndex((command) => command.group === group)
