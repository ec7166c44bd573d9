/** The hash by which the gateway knows the page's one document: put in by the build. */
declare module 'virtual:case-screen' {
  const documentId: string;
  export default documentId;
}
