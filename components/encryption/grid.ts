/** Twelve columns from 1,024 px on, one below. */
export const gridClass = 'grid grid-cols-1 gap-3 p-3 lg:grid-cols-12'
