import type { ReactNode } from 'react'
import type { ClassEvidence } from '@/core/encryption/classify-edge'
import { ClassMark } from './class-mark'
import { basisWords, classWords } from './class-words'
import { TellersText } from './tellers-text'

type Props = {
  of: Pick<ClassEvidence, 'class' | 'basis' | 'witnesses'>
  className?: string
  /** The figure. */
  children: ReactNode
}

/** A class with how sure it is, whose words it rests on, and its figure. */
export const ClassLine = ({ of, className = '', children }: Props) => (
  <li className={`flex items-baseline gap-2 ${className}`}>
    <ClassMark of={of.class} />
    <span className="min-w-0 flex-1">
      {classWords[of.class]}
      <span className="block text-xs text-fg-3">
        {basisWords(of.basis, of.class)}
        {of.witnesses.length > 0 && ', '}
        <TellersText witnesses={of.witnesses} />
      </span>
    </span>
    <span className="shrink-0 text-right">{children}</span>
  </li>
)
