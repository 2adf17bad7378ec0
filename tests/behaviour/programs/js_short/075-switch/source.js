function dayType(day) {
  switch (day.toLowerCase()) {
    case 'sat':
    case 'sun':
      return 'weekend';
    case 'fri':
      return 'almost weekend';
    default:
      return 'weekday';
  }
}
console.log(['Mon', 'FRI', 'Sun'].map(dayType));

const grade = (score) => {
  switch (true) {
    case score >= 90: return 'A';
    case score >= 80: return 'B';
    default: return 'F';
  }
};
console.log(grade(95), grade(85), grade(12));

switch (3) {
  case 1: console.log('one');
  case 3: console.log('three');
  case 4: console.log('four (fallthrough)');
    break;
  case 5: console.log('five');
}
