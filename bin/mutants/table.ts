import type { Flip } from '@/core/policy/mutants/mutant'

/** `by`: the test that noticed it; null: none did. */
export type MutantResult = {
  readonly area: string
  readonly file: string
  readonly flip: Flip
  readonly by: string | null
}

/** Counts by area, then every mutant with who noticed it. */
export function mutantTable(results: readonly MutantResult[]): string {
  const areas = [...new Set(results.map(({ area }) => area))]
  const counts = areas.map((area) => {
    const own = results.filter((one) => one.area === area)
    return `| ${area} | ${own.length} | ${own.filter(({ by }) => by !== null).length} |`
  })
  const all = `| all | ${results.length} | ${results.filter(({ by }) => by !== null).length} |`
  const rows = results.map(
    ({ file, flip, by }) =>
      `| ${file} | ${cell(flip.rule)} | ${by ?? `nobody: ${cell(flip.unnoticed ?? 'a test is missing')}`} |`,
  )
  return [
    ['| About | Mutants | Noticed |', '|---|---|---|', ...counts, all].join('\n'),
    ['| File | Rule that is flipped | Noticed by |', '|---|---|---|', ...rows].join('\n'),
  ].join('\n\n')
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('*', '\\*')
