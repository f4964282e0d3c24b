import { type FilterError, tokensOf } from '@/core/filter/filter-tokens'

type Props = { text: string; problem: FilterError | null; scrolled: number }

type Piece = { readonly at: number; readonly text: string; readonly look: string }

const chip = 'rounded-sm bg-hover shadow-[0_0_0_1px_var(--hover)] py-0.5'
const wrong = 'underline decoration-bad decoration-wavy underline-offset-4'

/** Draws the terms of a filter as chips behind its text, and underlines what is wrong. Read by nobody: the field says it. */
export function FilterMarks({ text, problem, scrolled }: Props) {
  if (text === '') return null
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute inset-0 flex items-center whitespace-pre text-transparent select-none"
    >
      <span style={{ transform: `translateX(${-scrolled}px)` }}>
        {piecesOf(text, problem).map(({ at, text, look }) => (
          <span key={at} className={look}>
            {text}
          </span>
        ))}
      </span>
    </div>
  )
}

/** The text in pieces: terms with a field are chips, a denial belongs to what it denies. */
export function piecesOf(text: string, problem: FilterError | null): readonly Piece[] {
  const tokens = tokensOf(text, [])
  const pieces: Piece[] = []
  let done = 0
  const add = (end: number, look: string) => {
    if (end > done) pieces.push({ at: done, text: text.slice(done, end), look })
    done = Math.max(done, end)
  }
  tokens.forEach((token, i) => {
    if (token.type !== 'word' || token.at < done) return
    const before = tokens[i - 1]
    const start = before?.type === '!' && before.end === token.at ? before.at : token.at
    add(start, '')
    const isWrong = problem !== null && problem.at < token.end && problem.end > token.at
    add(token.end, [token.field === null ? '' : chip, isWrong ? wrong : ''].filter(Boolean).join(' '))
  })
  add(text.length, '')
  return pieces
}
