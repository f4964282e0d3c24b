/** Something that the command menu can do. */
export type Command = {
  readonly id: string
  readonly group: string
  readonly label: string
  readonly hint?: string
  readonly keywords?: readonly string[]
  readonly run: () => void
}

/** How well a command answers what was typed; 0 is not at all. Every word must be found; earlier and at a word's start is better. */
export function commandScore(command: Pick<Command, 'label' | 'keywords' | 'hint'>, typed: string): number {
  const label = command.label.toLowerCase()
  const rest = [command.hint ?? '', ...(command.keywords ?? [])].join(' ').toLowerCase()
  let score = 1
  for (const word of typed.toLowerCase().split(/\s+/).filter(Boolean)) {
    const at = label.indexOf(word)
    if (at === 0) score += 4
    else if (at > 0) score += /[\s/-]/.test(label.charAt(at - 1)) ? 3 : 2
    else if (rest.includes(word)) score += 1
    else return 0
  }
  return score
}

const shownAtMost = 30

/** The commands that answer, best first, groups kept together in the order of their best. */
export function findCommands(commands: readonly Command[], typed: string): Command[] {
  const scored = commands
    .map((command) => ({ command, score: commandScore(command, typed) }))
    .filter(({ score }) => score > 0)
  const best = new Map<string, number>()
  for (const { command, score } of scored) best.set(command.group, Math.max(score, best.get(command.group) ?? 0))
  return scored
    .sort((a, b) => {
      const byGroup = (best.get(b.command.group) ?? 0) - (best.get(a.command.group) ?? 0)
      if (byGroup !== 0) return byGroup
      if (a.command.group !== b.command.group)
        return groupOrder(commands, a.command.group) - groupOrder(commands, b.command.group)
      return b.score - a.score
    })
    .slice(0, shownAtMost)
    .map(({ command }) => command)
}

const groupOrder = (commands: readonly Command[], group: string) =>
  commands.findIndex((command) => command.group === group)
