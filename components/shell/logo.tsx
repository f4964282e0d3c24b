/** Oriel's sign: a bay window. */
export const Logo = () => (
  <svg
    width="18"
    height="18"
    viewBox="0 0 18 18"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.6"
    className="text-accent"
    aria-hidden="true"
  >
    <path d="M2 16V6.5L9 2l7 4.5V16M2 16h14M9 2v14M2 10h14" />
  </svg>
)
