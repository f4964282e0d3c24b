const written: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as XML and HTML write it, within an element or a quoted attribute. */
export const escapeXml = (text: string): string => text.replaceAll(/[&<>"']/g, (char) => written[char] ?? '')
