import type { EncryptionClass } from '@/core/encryption/classes'

/** Fill of a class in a bar: from the tokens of its meaning, stronger protection darker; hatched where nobody knows. */
export const classFill: Readonly<Record<EncryptionClass, string>> = {
  'mtls+tunnel': 'var(--ok)',
  mtls: 'color-mix(in oklch, var(--ok) 74%, var(--panel))',
  tunnel: 'color-mix(in oklch, var(--ok) 50%, var(--panel))',
  tls: 'color-mix(in oklch, var(--ok) 30%, var(--panel))',
  'same-node': 'var(--quiet)',
  plaintext: 'var(--warn)',
  unknown: 'repeating-linear-gradient(135deg, var(--unknown) 0 2px, transparent 2px 5px)',
}

const shapes: Readonly<Record<EncryptionClass, React.ReactNode>> = {
  'mtls+tunnel': (
    <>
      <circle cx="5" cy="5" r="2.3" fill="currentColor" />
      <circle cx="5" cy="5" r="4.2" fill="none" stroke="currentColor" strokeWidth="1.1" />
    </>
  ),
  mtls: <circle cx="5" cy="5" r="4" fill="currentColor" />,
  tunnel: <path d="M.5 3H9.5M.5 7H9.5" stroke="currentColor" strokeWidth="1.6" />,
  tls: (
    <>
      <path d="M5 1A4 4 0 0 1 5 9Z" fill="currentColor" />
      <circle cx="5" cy="5" r="3.6" fill="none" stroke="currentColor" strokeWidth="1.1" />
    </>
  ),
  'same-node': <rect x="1.5" y="1.5" width="7" height="7" fill="none" stroke="currentColor" strokeDasharray="2 1.5" />,
  plaintext: <path d="M5 .8 9.6 9.2H.4Z" fill="currentColor" />,
  unknown: <circle cx="5" cy="5" r="3.4" fill="none" stroke="currentColor" strokeWidth="1.4" />,
}

const colours: Readonly<Record<EncryptionClass, string>> = {
  'mtls+tunnel': 'text-ok',
  mtls: 'text-ok',
  tunnel: 'text-ok',
  tls: 'text-ok',
  'same-node': 'text-fg-3',
  plaintext: 'text-warn',
  unknown: 'text-unknown',
}

/** The shape of a class. Words go with it. */
export const ClassMark = ({ of }: { of: EncryptionClass }) => (
  <svg
    data-mark={of}
    width="10"
    height="10"
    viewBox="0 0 10 10"
    className={`shrink-0 ${colours[of]}`}
    aria-hidden="true"
  >
    {shapes[of]}
  </svg>
)

/** The fill of a class as in the bar, with its shape beside it. */
export const ClassSwatch = ({ of }: { of: EncryptionClass }) => (
  <span className="inline-flex items-center gap-1" aria-hidden="true">
    <span
      className={`size-2.5 rounded-[2px] forced-color-adjust-none ${of === 'unknown' || of === 'same-node' ? 'border border-line-strong' : ''}`}
      style={{ background: of === 'same-node' ? 'none' : classFill[of] }}
    />
    <ClassMark of={of} />
  </span>
)
