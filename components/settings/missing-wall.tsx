import { StatusMark } from '../status-mark'
import { CommandBlock } from '../ui/copy-button'

/** Says that the database does not hold teams apart besides Oriel, and what mends it. */
export const MissingWall = ({ statements }: { statements: readonly string[] }) => (
  <section aria-label="Row security is missing" className="max-w-[72ch] rounded-md border border-warn p-3">
    <StatusMark status="warn" label="The database does not hold teams apart" showLabel />
    <p className="mt-1">
      Oriel shows people of a team what is theirs, as ever. But row security of PostgreSQL, which would hold the rest
      back if Oriel erred, is missing{statements.length > 0 && ': the user of its database may not set it up'}.
    </p>
    {statements.length > 0 && (
      <>
        <p className="mt-2 mb-1">As a superuser of that PostgreSQL, run in Oriel’s database:</p>
        <CommandBlock command={statements.map((statement) => `${statement};`).join('\n')} />
      </>
    )}
    <p className="mt-2 mb-1">
      {statements.length > 0 ? 'Then' : 'Run'}, where Oriel is installed, with the DATABASE_URL of its own:
    </p>
    <CommandBlock command="oriel migrate" />
    <p className="mt-2 text-fg-2">This note goes within a minute. Nothing needs to be started anew.</p>
  </section>
)
