export function TitlePage() {
  return <p>TitlePage</p>;
}
