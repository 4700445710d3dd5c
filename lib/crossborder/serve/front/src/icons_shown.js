// Which of Font Awesome's drawings pages have; an icon that is missing gets its name here.
export {
  faArrowDown, faArrowLeft, faArrowRight, faArrowUp, faBan, faBars, faBook, faCalendar, faChartBar, faChartLine, faCheck,
  faChevronDown, faChevronUp, faCircleInfo, faCircleQuestion, faClock, faCopy, faDownload, faExclamation, faEye, faFile, faFilter,
  faFloppyDisk, faFolderOpen, faGear, faHouse, faLink, faList, faMagnifyingGlass, faMinus, faPause, faPen, faPlay, faPlus, faPrint,
  faRetweet, faRotate, faRotateLeft, faRotateRight, faShareNodes, faStar, faStop, faTable, faTrash, faTriangleExclamation, faUpload,
  faUser, faXmark,
} from "@fortawesome/free-solid-svg-icons";
