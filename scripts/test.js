// Everything that `npm test` stands for, step by step, up to the first that fails. Closes with
// the number of tests that passed and failed; a step that is no test run counts when it fails.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

const steps = [
	'build',
	'sync',
	'check',
	'lint',
	'test:unit',
	'test:docs',
	'test:stores',
	'build:playground',
	'test:kit',
	'test:e2e'
];
const total = { passed: 0, failed: 0, skipped: 0 };
const results = mkdtempSync(join(tmpdir(), 'svelte-guardian-test-'));

for (const step of steps) {
	console.log(`\n=== ${step}`);
	const start = performance.now();
	const ok = run(step);
	const counted = count(step);
	total.passed += counted.passed;
	total.skipped += counted.skipped;
	total.failed += ok ? counted.failed : Math.max(counted.failed, 1);
	const seconds = ((performance.now() - start) / 1000).toFixed(1);
	console.log(`=== ${step} ${ok ? 'passed' : 'FAILED'} in ${seconds} s`);
	if (!ok) break;
}

rmSync(results, { recursive: true });
if (total.skipped > 0) console.log(`\n${total.skipped} skipped`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

/** @param {string} step */
function run(step) {
	// Without the pre-scripts: the steps before have built what a later one needs.
	const command = ['run', step, '--ignore-scripts'];
	if (step === 'test:e2e') command.push('--', '--reporter=list,json');
	else if (isTestRun(step)) {
		command.push('--', '--reporter=default', '--reporter=json', `--outputFile=${resultOf(step)}`);
	}
	const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: resultOf(step) };
	return spawnSync('npm', command, { env, stdio: 'inherit' }).status === 0;
}

/**
 * How many tests ran in a step, read from the report it left.
 *
 * @param {string} step
 */
function count(step) {
	if (!isTestRun(step) || !existsSync(resultOf(step))) return { passed: 0, failed: 0, skipped: 0 };
	const report = JSON.parse(readFileSync(resultOf(step), 'utf8'));
	if (step === 'test:e2e') {
		const { expected, unexpected, flaky, skipped } = report.stats;
		return { passed: expected, failed: unexpected + flaky, skipped };
	}
	const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = report;
	return {
		passed: numPassedTests,
		failed: numFailedTests,
		skipped: numPendingTests + numTodoTests
	};
}

/** @param {string} step */
function isTestRun(step) {
	return step.startsWith('test:');
}

/** @param {string} step */
function resultOf(step) {
	return join(results, `${step.replace(':', '-')}.json`);
}
