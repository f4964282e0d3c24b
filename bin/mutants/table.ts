import type { Flip } from '@/core/policy/mutants/mutant'

/** `by`: the test that noticed it; null: none did, or it was not `tried`. */
export type MutantResult = {
  readonly area: string
  readonly file: string
  readonly flip: Flip
  readonly by: string | null
  readonly tried: boolean
}

/** Counts by area, then every mutant with who noticed it. */
export function mutantTable(results: readonly MutantResult[]): string {
  const row = (area: string, own: readonly MutantResult[]) => {
    const noticed = own.filter(({ by }) => by !== null).length
    const survived = own.filter(({ by, tried }) => by === null && tried).length
    return `| ${area} | ${own.length} | ${noticed} | ${survived} | ${own.length - noticed - survived} |`
  }
  const areas = [...new Set(results.map(({ area }) => area))]
  const counts = areas.map((area) =>
    row(
      area,
      results.filter((one) => one.area === area),
    ),
  )
  const rows = results.map((one) => `| ${one.file} | ${cell(one.flip.rule)} | ${noticer(one)} |`)
  return [
    [
      '| About | Mutants | Noticed | Survived | Not tried |',
      '|---|---|---|---|---|',
      ...counts,
      row('all', results),
    ].join('\n'),
    ['| File | Rule that is flipped | Noticed by |', '|---|---|---|', ...rows].join('\n'),
  ].join('\n\n')
}

function noticer({ flip, by, tried }: MutantResult): string {
  if (by !== null) return by
  return tried ? `nobody: ${cell(flip.unnoticed ?? 'a test is missing')}` : 'not tried'
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('*', '\\*')
