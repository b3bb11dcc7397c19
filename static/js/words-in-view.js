/* <words-in-view for="id_body" from="120" to="180"> lets a long text begin at some of its words. */
class WordsInView extends HTMLElement {
  connectedCallback() {
    const area = document.getElementById(this.getAttribute("for"));
    const [from, to] = [this.getAttribute("from"), this.getAttribute("to")].map(Number);
    const { value } = area;
    area.value = value.slice(0, from); // as high as what stands before them
    const before = area.scrollHeight;
    area.value = value;
    area.focus({ preventScroll: true });
    area.setSelectionRange(from, to);
    area.scrollTop = before - area.clientHeight / 2;
  }
}

customElements.define("words-in-view", WordsInView);
