export function StudioPage() {
  return <p className="page-top gutters">Studio</p>;
}
