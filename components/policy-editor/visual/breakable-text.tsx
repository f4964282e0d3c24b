import { Fragment } from 'react'

/** A long name that breaks behind its signs, where there is no room for all of it. */
export const BreakableText = ({ text }: { text: string }) =>
  text.split(/(?<=[/=.,])/).map((part, i) => (
    <Fragment key={i}>
      {i > 0 && <wbr />}
      {part}
    </Fragment>
  ))
