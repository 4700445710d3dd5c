"""The small app in Streamlit: ``streamlit run streamlit_app.py``."""

import streamlit as st
from price_app import CONFIG, HEADING, MARKETS, SLIDERS, TEXT, figure_of, table_html, table_of, upload_told

st.set_page_config(page_title=HEADING)
st.title(HEADING)
st.markdown(TEXT)
values = {one.name: st.slider(one.label, one.low, one.high, one.start, one.step) for one in SLIDERS}
values["market"] = st.selectbox("Market", MARKETS)
upload = st.file_uploader("Upload", type="csv")
st.text(upload_told(upload.size if upload else None))
st.html(table_html(table_of(**values)))
st.plotly_chart(figure_of(**values), theme=None, config=CONFIG, key="chart")
