/** The hash of a trusted document, inserted by the build. */
declare module 'virtual:document/*' {
  const documentId: string;
  export default documentId;
}
