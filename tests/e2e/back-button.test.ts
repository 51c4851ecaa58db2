import { backButtonTests } from './support/back-button.js';

backButtonTests();
