declare module 'virtual:developer-documents' {
  /** The hashes of the account page's trusted documents, by name. */
  const documents: Readonly<Record<string, string>>;
  export default documents;
}
